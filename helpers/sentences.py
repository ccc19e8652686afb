"""Sentences with exact offsets."""

from __future__ import annotations

import re

import nupunkt

__all__ = ["split_sentences"]

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
# footnote marks and closing marks that the splitter leaves at the head of the next sentence
_TAIL = re.compile(r"(?:\[\d+\]|[¹²³⁴-⁹⁰”’\"')\]])+(?=\s|$)")
_NO_WORD = re.compile(r"[\W_]+")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences: a line break always ends one, and no blank stands at its ends.

    Parameters
    ----------
    text : raw text

    Returns
    -------
    offsets of each sentence, in order; every character that is not blank lies in exactly one of them

    >>> text = "Mr. Smith came.[1] He left.\\nThe end"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Mr. Smith came.[1]', 'He left.', 'The end']
    """
    sentences: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        first = len(sentences)
        for start, end in nupunkt.sent_spans(paragraph.group()):
            start, end = paragraph.start() + start, paragraph.start() + end
            tail = _TAIL.match(text, start, end) if len(sentences) > first and sentences[-1][1] == start else None
            if tail:
                sentences[-1] = (sentences[-1][0], tail.end())
                start = tail.end()
            piece = text[start:end]
            start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
            if start >= end:
                continue
            # a dash or an ellipsis alone belongs to the sentence it follows
            if len(sentences) > first and _NO_WORD.fullmatch(text, start, end):
                start = sentences.pop()[0]
            sentences.append((start, end))
    return sentences
