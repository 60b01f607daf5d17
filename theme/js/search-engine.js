// Search without a page: reads the index that site-search wrote, answers queries.
// What a word is must agree with site-search/src/token.rs.

const siteSearchEngine = (stored, elasticlunr) => {
  const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
  const LETTER = `(?:(?![${HAN}])[\\p{Alphabetic}\\p{N}])`;
  const PIECE = new RegExp(`[${HAN}]+|${LETTER}+(?:[-_./:@=+']+${LETTER}+)*`, "gu");
  const JOINERS = /[-_./:@=+']+/;
  const IS_COMPOUND = /[-_./:@=+']/;
  const IS_HAN = new RegExp(`^[${HAN}]`);
  // Between these a Chinese question is cut when nobody wrote it word for word.
  const LITTLE_WORDS =
    /为什么|什么|怎么样|怎么|怎样|如何|是否|哪些|哪种|哪个|可以|需要|还是|[的了吗呢是被把在到从和与会能要有用还我该都也就看]/;
  const BOOST = { heading: 4, above: 1, body: 1 };
  const WEIGHT = { page: 1.3, section: 1, front: 0.3, entry: 0.3, simulation: 0.3 };

  const IS_PROSE = new Set(["page", "section"]);

  /** Case and full-width Latin do not matter; every character keeps its place. */
  const fold = (text) => text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/’/g, "'")
    .replace(/[A-Z\u0080-\uffff]/g, (c) => (c.toLowerCase().length === 1 ? c.toLowerCase() : c));
  const literal = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  /** Finds `text` where no word goes on to the left of it, nor, unless it is unfinished, after. */
  const phrase = (text, unfinished) => {
    const open = IS_HAN.test(text) || !/^[\p{Alphabetic}\p{N}]/u.test(text);
    const before = open ? "" : /^\d/.test(text) ? "(?<![\\d.])" : `(?<!${LETTER})`;
    const after = unfinished || !new RegExp(`${LETTER}$`, "u").test(text) ? "" : `(?!${LETTER})`;
    return new RegExp(before + literal(text) + after, "u");
  };

  const index = new elasticlunr.Index();
  index.saveDocument(false);
  const sections = stored.sections.map(([page, kind, anchor, heading, within, body], ref) => {
    const [path, name] = stored.pages[page];
    index.documentStore.addDoc(ref);
    const folded = [`${heading}\n${kind === "page" ? name : ""}`, `${name}\n${within}`, body].map(fold);
    return { path, kind, anchor, name, heading, within, body, folded };
  });
  for (const [field, { lengths, tokens }] of Object.entries(stored.index)) {
    index.addField(field);
    // Elasticlunr divides by the root of the length; of the root, so that a long text may win too.
    lengths.forEach((length, ref) => index.documentStore.addFieldLength(ref, field, Math.sqrt(length)));
    for (const line of tokens.split("\n")) {
      const [token, ...postings] = line.split(" ");
      let ref = 0;
      for (const posting of postings) {
        const [gap, count = 1] = posting.split("*");
        ref += Number(gap);
        index.index[field].addToken(token, { ref, tf: Math.sqrt(count) });
      }
    }
  }

  /** The score of every section that has the tokens, all of them or any of them, in one field. */
  const scores = (tokens, bool, expand = false) => {
    const fields = {};
    for (const field in BOOST) fields[field] = { boost: BOOST[field], bool, expand };
    const found = index.search(tokens.join(" "), { fields });
    return new Map(found.map(({ ref, score }) => [Number(ref), score]));
  };
  const both = (one, other) => {
    const pairs = [...one].filter(([ref]) => other.has(ref));
    return new Map(pairs.map(([ref, score]) => [ref, score + other.get(ref)]));
  };
  const either = (one, other) => {
    const union = new Map(one);
    for (const [ref, score] of other) union.set(ref, score + (union.get(ref) ?? 0));
    return union;
  };
  const containing = (found, pattern) =>
    new Map([...found].filter(([ref]) => sections[ref].folded.some((text) => pattern.test(text))));
  const all = (found) => (found.length ? found.reduce(both) : new Map());
  /** What many sections have tells little; nor does it help to say it ever more often. */
  const weighed = (found) => {
    const telling = Math.log(1 + (sections.length - found.size + 0.5) / (found.size + 0.5));
    return new Map([...found].map(([ref, score]) => [ref, (telling * score) / (score + 3)]));
  };

  /** Notes that something was found, but not as the reader wrote it. */
  let isInParts = false;
  const inParts = (found) => {
    isInParts = true;
    return found;
  };

  /** Chinese characters that must stand in the text side by side, as they stand here. */
  const run = (text) => {
    const pairs = [...text].slice(1).map((character, at) => text[at] + character);
    const found = pairs.length ? scores(pairs, "AND") : scores([text], "OR", true);
    return containing(found, phrase(text));
  };
  /** Cuts text into the longest phrases that stand anywhere, none of a single character. */
  const phrases = (text, known = new Map([["", []]])) => {
    for (let length = Math.min(text.length, 12); length > 1 && !known.has(text); length -= 1) {
      const found = run(text.slice(0, length));
      const rest = found.size && phrases(text.slice(length), known);
      if (rest) known.set(text, [found, ...rest]);
    }
    return known.set(text, known.get(text)).get(text);
  };
  /** What nobody wrote word for word is looked for by its phrases, all of them in one section. */
  const question = (text) => {
    const exact = run(text);
    if (exact.size) return exact;
    const parts = text.split(LITTLE_WORDS).filter(Boolean);
    const split = () => parts.map((part) => (part.length > 1 ? phrases(part) : [run(part)]));
    for (const way of [() => [phrases(text)], split]) {
      const found = way();
      const together = found.includes(undefined) ? exact : all(found.flat());
      if (together.size) return inParts(together);
    }
    return exact;
  };

  const stem = (word) => (/^[a-z]+$/.test(word) ? elasticlunr.stemmer(word) : word);
  const isCommon = (word) => !elasticlunr.stopWordFilter(word);
  const word = (text, unfinished) => {
    const stems = scores([text, stem(text)], "OR");
    return unfinished ? either(scores([text], "OR", true), stems) : stems;
  };
  /** A path, a flag, a version, a name: as it stands, or where nobody wrote it so, its words. */
  const compound = (text, unfinished) => {
    const bare = text.replace(/^v(?=\d)/, "").replace(/'\w{1,2}(?!\w)/g, "");
    const words = bare.split(JOINERS);
    const parts = words.filter((part) => !isCommon(part));
    const found = either(
      all(parts.map((part, at) => word(part, unfinished && at === parts.length - 1))),
      word(words.join(""), unfinished),
    );
    const exact = containing(found, phrase(bare, unfinished));
    return exact.size || !found.size ? exact : inParts(found);
  };

  const query = (text) => {
    const folded = fold(text).trim().replace(/\s+/g, " ");
    const typing = /\S$/.test(text);
    const pieces = folded.match(PIECE) ?? [];
    isInParts = false;
    const found = all(pieces.filter((piece) => !isCommon(piece)).map((piece) => {
      const unfinished = typing && piece === pieces.at(-1) && folded.endsWith(piece);
      if (IS_HAN.test(piece)) return question(piece);
      return IS_COMPOUND.test(piece) ? compound(piece, unfinished) : word(piece, unfinished);
    }).map(weighed));
    // A page that has much to say about it has the better sections.
    const ofPage = {};
    for (const [ref, score] of found) {
      const { path, kind } = sections[ref];
      if (IS_PROSE.has(kind)) ofPage[path] = (ofPage[path] ?? 0) + score;
    }
    const whole = phrase(folded, typing);
    const exactness = ({ kind, name, heading, folded: [headings, above, body] }) => {
      if (fold(heading) === folded || (kind === "page" && fold(name) === folded)) return 4;
      if (whole.test(headings) && IS_PROSE.has(kind)) return 2;
      return whole.test(body) || whole.test(above) ? 1.3 : 1;
    };
    const ranked = [...found].map(([ref, score]) => {
      const section = sections[ref];
      const sum = score + 0.1 * (ofPage[section.path] ?? 0);
      return { ...section, ref, score: sum * exactness(section) * WEIGHT[section.kind] };
    });
    ranked.sort((a, b) => b.score - a.score || a.ref - b.ref);
    return Object.assign(ranked, { isInParts });
  };

  /** Patterns for what a query names: words in any form, and, should those fail, letters anywhere. */
  const needles = (text) => {
    const pieces = (fold(text).match(PIECE) ?? []).filter((piece) => !isCommon(piece));
    const strict = [];
    const loose = [];
    for (const piece of pieces) {
      strict.push(literal(piece));
      if (IS_HAN.test(piece)) {
        strict.push(...piece.split(LITTLE_WORDS).filter(Boolean).map(literal));
        continue;
      }
      for (const part of piece.split(JOINERS).filter((part) => !isCommon(part))) {
        const stems = stem(part).replace(/i$/, "");
        const start = part.startsWith(stems) ? stems : part;
        strict.push(`(?<!${LETTER})${literal(start)}${LETTER}*`);
        loose.push(literal(part));
      }
    }
    const longestFirst = (patterns) => patterns.sort((a, b) => b.length - a.length).join("|");
    return [strict, loose].filter((them) => them.length)
      .map((them) => new RegExp(longestFirst(them), "gu"));
  };
  const spots = (folded, patterns) => {
    for (const pattern of patterns) {
      const found = [...folded.matchAll(pattern)];
      if (found.length) return found.map(({ 0: { length }, index: at }) => [at, at + length]);
    }
    return [];
  };
  /** Cuts text at the spots: pairs of a piece and whether it was named. */
  const marked = (text, from, to, found) => {
    const pieces = [];
    let at = from;
    for (const [start, end] of found.filter(([start, end]) => start >= from && end <= to)) {
      pieces.push([text.slice(at, start), false], [text.slice(start, end), true]);
      at = end;
    }
    return [...pieces, [text.slice(at, to), false]].filter(([piece]) => piece);
  };

  /** The heading of a hit and the part of its text with most of what was named, in pieces. */
  const excerpt = (hit, text) => {
    const patterns = needles(text);
    const { body, heading, folded } = hit;
    const found = spots(folded[2], patterns);
    const [lead, width] = stored.language === "en" ? [50, 180] : [20, 90];
    const named = ([start]) =>
      new Set(found.filter(([other, end]) => other >= start && end <= start + width - lead)
        .map((spot) => folded[2].slice(...spot))).size;
    const best = found.reduce((best, spot) => (named(spot) > named(best) ? spot : best), found[0] ?? [0]);
    // Not in the middle of a word, where words have spaces between.
    const start = Math.max(best[0] - lead, 0);
    const from = start ? start + Math.max(body.slice(start, best[0]).search(/(?<=[\s，。；：、])/), 0) : 0;
    let shown = body.slice(from, from + width);
    if (from + width < body.length) shown = shown.replace(/\s*[\w-]{0,30}$/, "");
    const to = from + shown.length;
    const pieces = marked(body, from, to, found);
    if (from > 0) pieces.unshift(["… ", false]);
    if (to < body.length) pieces.push([" …", false]);
    return { heading: marked(heading, 0, heading.length, spots(folded[0], patterns)), teaser: pieces };
  };

  return { query, excerpt };
};
