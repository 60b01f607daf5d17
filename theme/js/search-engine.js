// Search without a page: reads the index that site-search wrote, answers queries.
// What a word is must agree with site-search/src/token.rs.

const siteSearchEngine = (stored, elasticlunr) => {
  const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
  const LETTER = `(?:(?![${HAN}])[\\p{Alphabetic}\\p{N}])`;
  const PIECE = new RegExp(`[${HAN}]+|${LETTER}+(?:[-_./:@=+']+${LETTER}+)*`, "gu");
  const IS_HAN = new RegExp(`^[${HAN}]`);
  // Between these a Chinese question is cut when nobody wrote it word for word.
  const LITTLE_WORDS =
    /为什么|什么|怎么样|怎么|如何|是否|哪些|可以|需要|还是|[的了吗呢是被把在到从和与会能要有用]/;
  const BOOST = { heading: 4, above: 1, body: 1 };
  const WEIGHT = { page: 1.5, section: 1, entry: 0.4, simulation: 0.4 };

  /** Case and full-width Latin do not matter; every character keeps its place. */
  const fold = (text) => text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/’/g, "'")
    .replace(/[A-Z\u0080-\uffff]/g, (c) => (c.toLowerCase().length === 1 ? c.toLowerCase() : c));
  const literal = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
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
    const [path, title] = stored.pages[page];
    index.documentStore.addDoc(ref);
    const folded = [heading, `${title} ${within}`, body].map(fold);
    return { path, kind, anchor, title, heading, within, body, folded };
  });
  for (const [field, { lengths, tokens }] of Object.entries(stored.index)) {
    index.addField(field);
    lengths.forEach((length, ref) => index.documentStore.addFieldLength(ref, field, length));
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

  /** Chinese characters side by side, which must stand in the text like this. */
  const run = (text) => {
    const pairs = [...text].slice(1).map((character, at) => text[at] + character);
    const found = pairs.length ? scores(pairs, "AND") : scores([text], "OR", true);
    return containing(found, phrase(text));
  };
  const question = (text) => {
    const found = run(text);
    const parts = text.split(LITTLE_WORDS).filter(Boolean);
    return found.size || !parts.length ? found : all(parts.map(run));
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
    const words = bare.split(/[-_./:@=+']+/);
    const parts = words.filter((part) => !isCommon(part));
    const found = either(
      all(parts.map((part, at) => word(part, unfinished && at === parts.length - 1))),
      word(words.join(""), unfinished),
    );
    const exact = containing(found, phrase(bare, unfinished));
    return exact.size ? exact : found;
  };

  const query = (text) => {
    const folded = fold(text).trim().replace(/\s+/g, " ");
    const typing = /\S$/.test(text);
    const pieces = folded.match(PIECE) ?? [];
    const telling = pieces.filter((piece) => !isCommon(piece));
    const found = all(telling.map((piece) => {
      const unfinished = typing && folded.endsWith(piece) && piece === pieces.at(-1);
      if (IS_HAN.test(piece)) return question(piece);
      return /[^\p{Alphabetic}\p{N}]/u.test(piece) ? compound(piece, unfinished) : word(piece, unfinished);
    }));
    const whole = phrase(folded, typing);
    const rank = ([ref, score]) => {
      const { kind, folded: [heading, above, body] } = sections[ref];
      const exact = heading === folded ? 6 : whole.test(heading) ? 3 : whole.test(body) || whole.test(above) ? 1.5 : 1;
      return { ref, score: score * exact * WEIGHT[kind] };
    };
    return [...found].map(rank).sort((a, b) => b.score - a.score || a.ref - b.ref)
      .map(({ ref, score }) => ({ ...sections[ref], score }));
  };

  return { query };
};
