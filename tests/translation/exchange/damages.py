"""Sixty ways in which a file can be damaged, foreign or outdated. `x` is an XLIFF file of a page
in which its title is translated, `p` a PO file of the same; each way gives a name and bytes.
"""

import gzip
import re
import zipfile
from io import BytesIO
from uuid import uuid4

from tests.exchanging import packed

TITLE = "Über uns".encode()
DOCTYPE = b'<!DOCTYPE xliff [<!ENTITY a "%s">]>'
LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(9)
)
HEAD = b"<?xml version='1.0' encoding='UTF-8'?>"


def without(data: bytes, pattern: str) -> bytes:
    found = re.sub(pattern.encode(), b"", data)
    assert found != data
    return found


def instead(data: bytes, old: str, new: str, count: int = -1) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), count)


def doctype(x: bytes, text: bytes, use: bytes = b"&a;") -> bytes:
    return x.replace(HEAD, HEAD + text).replace(TITLE, use)


def title(x: bytes, xml: str) -> bytes:
    return x.replace(TITLE, xml.encode())


def bomb(size: int = 200 << 20) -> bytes:
    return packed({"a.xlf": b"0" * size})


def locked(x: bytes) -> bytes:
    """An archive whose entry says that it is encrypted."""
    data = bytearray(packed({"a.xlf": x}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def broken_sum(x: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        made.writestr("a.xlf", x)
    return out.getvalue().replace(TITLE, b"Unter uns")


XML_DAMAGES = {
    "an empty file": lambda x, p: b"",
    "white space only": lambda x, p: b" \n\t ",
    "a mark of the encoding only": lambda x, p: b"\xef\xbb\xbf",
    "cut in the middle": lambda x, p: x[: len(x) // 2],
    "cut before its last sign": lambda x, p: x.rstrip()[:-1],
    "words before it": lambda x, p: b"Hello " + x,
    "words behind it": lambda x, p: x + b"Hello",
    "a NUL inside": lambda x, p: x.replace(TITLE, b"\0"),
    "a number of a NUL inside": lambda x, p: title(x, "&#0;"),
    "a control sign inside": lambda x, p: title(x, "\x07"),
    "a control sign by its number": lambda x, p: title(x, "&#x7;"),
    "Latin 1 that says UTF-8": lambda x, p: x.decode().encode("latin-1", "ignore"),
    "UTF-16 without a mark": lambda x, p: x.decode().encode("utf-16-le"),
    "UTF-16 that says UTF-8 twice": lambda x, p: b"\xef\xbb\xbf" + x.decode().encode("utf-16"),
    "an encoding that nobody knows": lambda x, p: instead(x, "UTF-8", "x-nothing"),
    "an encoding that is dangerous": lambda x, p: instead(x, "UTF-8", "UTF-7"),
    "an encoding that is no text": lambda x, p: instead(x, "UTF-8", "base64"),
    "random bytes": lambda x, p: bytes(range(256)) * 20,
    "a picture": lambda x, p: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "entities that laugh": lambda x, p: doctype(x, b"<!DOCTYPE x [" + LAUGHS + b"]>", b"&l8;"),
    "an entity": lambda x, p: doctype(x, DOCTYPE % b"text"),
    "an entity of a local file": lambda x, p: doctype(
        x, b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "an entity of the network": lambda x, p: doctype(
        x, b'<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>'
    ),
    "a parameter entity": lambda x, p: doctype(
        x, b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>', b"x"
    ),
    "an entity nobody defined": lambda x, p: title(x, "&nothing;"),
    "an element not closed": lambda x, p: title(x, '<g id="1">'),
    "nested without end": lambda x, p: title(x, '<g id="1">' * 5000 + "</g>" * 5000),
    "markup nobody knows": lambda x, p: title(x, '<bpt id="1">b</bpt>'),
    "markup of another name": lambda x, p: title(x, '<g id="77">Über</g>'),
    "markup in a plain text": lambda x, p: title(x, '<g id="1" ctype="bold">Über</g> uns'),
    "a link that was not there": lambda x, p: title(x, '<g id="a9" ctype="link">Über</g> uns'),
    "a text too long": lambda x, p: title(x, "Ü" * 256),
    "a text much too long": lambda x, p: title(x, "Ü" * 1_000_000),
    "larger than is taken": lambda x, p: x + b"<!--" + b" " * (6 << 20) + b"-->",
    "XLIFF 2.0": lambda x, p: instead(x, 'version="1.2"', 'version="2.0"'),
    "another namespace": lambda x, p: instead(x, "document:1.2", "document:1.1"),
    "another kind of XML": lambda x, p: HEAD + b"<rss><channel/></rss>",
    "HTML": lambda x, p: b"<!DOCTYPE html><html><body><p>Hi<br></body></html>",
    "no files in it": lambda x, p: without(x, "(?s)<file .*</file>"),
    "no name of its translation": lambda x, p: without(x, 'original="[^"]*"'),
    "the name of another translation": lambda x, p: re.sub(
        rb'original="[^"]*"', f'original="{uuid4()}"'.encode(), x
    ),
    "a name that is none": lambda x, p: re.sub(rb'original="[^"]*"', b'original="1 OR 1"', x),
    "another language": lambda x, p: instead(x, 'target-language="de"', 'target-language="et"'),
    "another fingerprint": lambda x, p: re.sub(rb'build-num="[^"]*"', b'build-num="1"', x),
    "other names of its texts": lambda x, p: instead(x, 'trans-unit id="', 'trans-unit id="0'),
    "another source": lambda x, p: instead(x, ">About us<", ">About them<"),
    "a text with two translations": lambda x, p: re.sub(
        rb"(?s)(<trans-unit .*?</trans-unit>)",
        lambda unit: unit[1].replace(TITLE, b"") + unit[1].replace(TITLE, b" "),
        x,
        count=1,
    ),
    "marked as not translated": lambda x, p: instead(x, '"translated"', '"needs-translation"'),
}
PO_DAMAGES = {
    "no header": lambda x, p: without(p, "(?s)^.*?X-Wagtail[^\n]*\n"),
    "a header without its translation": lambda x, p: without(p, '"X-WagtailLocalize[^\n]*\n'),
    "of another translation": lambda x, p: re.sub(
        rb"TranslationID: [\w-]*", f"TranslationID: {uuid4()}".encode(), p
    ),
    "quotes not closed": lambda x, p: instead(p, 'msgstr "Über uns"', 'msgstr "Über uns'),
    "a keyword nobody knows": lambda x, p: instead(p, 'msgstr "Über uns"', 'msgfoo "Über uns"'),
    "a strange number of a plural": lambda x, p: instead(p, 'msgstr "Ü', 'msgstr[9999999] "Ü'),
    "tags that are not allowed": lambda x, p: instead(p, '"Über uns"', '"<script>1</script>"'),
    "tags without end": lambda x, p: instead(p, '"Über uns"', '"' + "<b>" * 5000 + '"'),
    "marked as fuzzy": lambda x, p: instead(p, "#. Title\n", "#, fuzzy\n#. Title\n"),
    "in Latin 1": lambda x, p: p.decode().encode("latin-1", "ignore"),
    "an encoding of Python's own": lambda x, p: instead(p, "charset=utf-8", "charset=rot13"),
    "the name of a file": lambda x, p: b"/etc/passwd",
    "another text of the source": lambda x, p: instead(p, 'msgid "About us"', 'msgid "About"'),
}
ZIP_DAMAGES = {
    "no archive": lambda x, p: b"PK\x03\x04" + b"\0" * 50,
    "an archive cut off": lambda x, p: packed({"a.xlf": x})[:-40],
    "an archive with nothing": lambda x, p: packed({}),
    "an archive that unfolds without end": lambda x, p: bomb(),
    "an archive of archives": lambda x, p: packed({"a.zip": packed({"a.xlf": x})}),
    "an archive under a lock": lambda x, p: locked(x),
    "an archive whose sums are wrong": lambda x, p: broken_sum(x),
    "an archive of too many files": lambda x, p: packed({f"{n}.xlf": x for n in range(301)}),
    "an archive of hidden files": lambda x, p: packed({"__MACOSX/a.xlf": x, ".a.xlf": x}),
}
NAME_DAMAGES = {
    "XLIFF that is called PO": ("a.po", lambda x, p: x),
    "PO that is called XLIFF": ("a.xlf", lambda x, p: p),
    "an archive that is called XLIFF": ("a.xlf", lambda x, p: packed({"a.xlf": x})),
    "packed in another way": ("a.xlf", lambda x, p: gzip.compress(x)),
    "no ending": ("a", lambda x, p: x),
    "an ending of something else": ("a.exe", lambda x, p: x),
}
DAMAGES = (
    {name: ("a.xlf", make) for name, make in XML_DAMAGES.items()}
    | {name: ("a.po", make) for name, make in PO_DAMAGES.items()}
    | {name: ("a.zip", make) for name, make in ZIP_DAMAGES.items()}
    | NAME_DAMAGES
)
