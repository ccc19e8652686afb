import pytest

from helpers import defects, spans
from helpers.corpus import load_corpus


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said “yes".', ["mixed quotation marks"]),
        ('He said "yes”.', ["mixed quotation marks"]),
        ('He said “yes” and "no".', []),
        ('He said "yes.', ["unclosed quotation mark"]),
        ("Two\u00a0words", ["no-break space"]),
        ("told °®Âþµº.", ["mojibake"]),
        ("the cafÃ© isnâ€™t open", ["mojibake", "mojibake"]),
        ("a caf\ufffd", ["mojibake"]),
        ("Das Café heißt Über-Ärger, 5°–10° C", []),
        ("It's the dogs' and rock 'n' roll", []),
    ],
)
def test_defects(folder, text, expected):
    assert defects.defects(load_corpus(folder({"a": text}))).defect.tolist() == expected


def test_defects_stand_where_they_say(corpus):
    spans.check(defects.defects(corpus), corpus.texts)


def test_decodings_gives_each_reading_once():
    found = defects.decodings("爱".encode("gbk"))
    assert found.reading.is_unique
    assert "gbk" in found.set_index("reading").loc["爱", "encodings"]
