// Package site reads site.toml, the settings of a site, and redirects.toml.
//
// It takes bytes and gives [Settings] in which everything has a value: an
// empty file, and no file, is a site. What it cannot use is named with
// file:line:column and, for a name, the nearest one that it knows; the default
// then stands. The package reads no file and decides nothing about pages.
//
// Settings are plain data apart from the loaded time zone, which is found again
// after decoding.
package site
