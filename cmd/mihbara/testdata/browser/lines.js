// Gives the lines of text inside elements as they are seen. A line is
//
//	{base, text, row, at: [[offset, x], …]}
//
// base is the direction of its block; text is its source, with U+2066 to U+2069
// where an element isolates what it holds; row numbers the table row that it is
// a cell of; at holds for each character that is seen (with the marks upon it)
// its place in text, in code points, and the middle of the place where it is
// drawn. Each block, each line of <pre> and what follows a <br> is a line; none is
// broken elsewhere.
(roots) => {
	const whole = document.createElement("style");
	whole.textContent = ":not(pre, pre *) { white-space: nowrap !important; max-inline-size: none !important }";
	document.head.append(whole);
	const segments = new Intl.Segmenter("und", {granularity: "grapheme"});
	const lines = [];
	let line = null, rows = 0;

	const count = s => [...s].length;
	const begin = (e, row) => { line = {base: getComputedStyle(e).direction, text: "", row, at: []}; };
	const end = () => { if (line && line.at.length) lines.push(line); line = null; };

	function character(node, from, s, block, row, keep) {
		if (keep && s === "\n") { end(); return; }
		if (!line) begin(block, row);
		const range = document.createRange();
		range.setStart(node, from);
		range.setEnd(node, from + s.length);
		const rects = [...range.getClientRects()].filter(r => r.width > 0 || !/^[\s\p{Cf}]*$/u.test(s));
		if (rects.length && !/^\p{Cf}*$/u.test(s)) line.at.push([count(line.text), rects[0].left + rects[0].width / 2]);
		line.text += s.replace(/\s/g, " ");
	}

	function walk(node, block, row) {
		if (node.nodeType === Node.TEXT_NODE) {
			const keep = getComputedStyle(node.parentElement).whiteSpace.startsWith("pre");
			for (const s of segments.segment(node.data)) character(node, s.index, s.segment, block, row, keep);
			return;
		}
		if (node.nodeType !== Node.ELEMENT_NODE || node.matches("script, style, .hidden")) return;
		const style = getComputedStyle(node);
		if (style.display === "none") return;
		if (node.tagName === "BR") { end(); return; }
		if (node.tagName === "TR") rows++;
		if (node.matches("td, th")) row = rows;
		const inline = style.display.startsWith("inline");
		// A block inside a line is put there as one thing, as an isolate is.
		const isolate = inline && (style.unicodeBidi.startsWith("isolate") || style.unicodeBidi === "plaintext" || style.display !== "inline");
		if (!inline) { end(); block = node; }
		if (isolate) {
			if (!line) begin(block, row);
			line.text += style.direction === "rtl" ? "\u2067" : "\u2066";
		}
		for (const child of node.childNodes) walk(child, block, row);
		if (isolate && line) line.text += "\u2069";
		if (!inline) end();
	}

	for (const root of roots) {
		let block = root;
		while (getComputedStyle(block).display === "inline") block = block.parentElement;
		walk(root, block, 0);
		end();
	}
	return lines;
}
