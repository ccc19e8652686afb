"""What is odd in a text: bytes read wrongly, marks without a partner, what stands twice, furniture of a web page."""

import contextlib
import re
from collections import defaultdict
from encodings.aliases import aliases

import pandas as pd

from helpers import spans
from helpers.corpus import FURNITURE, Corpus

__all__ = ["decodings", "defects"]

# bytes read in the wrong encoding: a run of Latin-1 signs and letters, or a pair like Ã© and â€™, or U+FFFD
_MOJIBAKE = re.compile(
    "(?=[\u00a1-\u00ff]*[\u00a1-\u00bf])[\u00a1-\u00ff]{4,}|[ÂÃâ][\u0080-\u009f\u00a1-\u00bf€™“”‘œžšŸ…†‡‰‹›ˆ˜•–—]+|\ufffd+"
)
# a double quotation up to the next mark, or to the end of its paragraph
_QUOTATION = re.compile('([“”"])[^“”"\n]*([“”"]?)')


def defects(corpus: Corpus) -> pd.DataFrame:
    """Find what is odd in the texts and would mislead a count: a span table with `defect`.

    It is mojibake, no-break space, mixed quotation marks, unclosed quotation mark, stands twice, or web furniture.

    >>> from helpers.corpus import load_corpus
    >>> defects(load_corpus("seeds")).query("defect == 'unclosed quotation mark'").doc.tolist()
    ['004']
    """
    rows = []
    for doc, text in corpus.texts.items():
        places = [(match, "mojibake") for match in _MOJIBAKE.finditer(text)]
        places += [(match, "no-break space") for match in re.finditer("\u00a0", text)]
        odd = [match for match in _QUOTATION.finditer(text) if match[1] + match[2] not in ("“”", '""')]
        places += [(match, "mixed quotation marks" if match[2] else "unclosed quotation mark") for match in odd]
        rows += [spans.at(doc, text, *match.span(), defect=name) for match, name in places]
    twice = pd.concat(spans.repeated({doc: text}) for doc, text in corpus.texts.items()).assign(defect="stands twice")
    furniture = corpus.parts[corpus.parts.part.isin(FURNITURE)].assign(defect="web furniture")
    rows += [row for table in (twice, furniture) for row in table[[*spans.SPAN, "defect"]].to_dict("records")]
    found = spans.table(rows, ["defect"]).drop_duplicates()
    return found.sort_values(["doc", "start", "end", "defect"], ignore_index=True)


def decodings(raw: bytes) -> pd.DataFrame:
    """Read some bytes in every single- and multi-byte encoding that Python knows; those that refuse them are left out.

    Gives each `reading` once, in the order of the first of its `encodings` (names, parted by blanks).

    >>> decodings(bytes([0xE9])).set_index("reading").loc["ι", "encodings"]
    'cp1253 iso8859_7 mac_greek'
    """
    readings = defaultdict(list)
    for encoding in sorted(set(aliases.values())):
        with contextlib.suppress(ValueError, LookupError):
            readings[raw.decode(encoding)].append(encoding)
    return pd.DataFrame([(read, " ".join(names)) for read, names in readings.items()], columns=["reading", "encodings"])
