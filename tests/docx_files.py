"""Word files for tests, made of the XML that matters."""

from __future__ import annotations

import io
import zipfile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    "document": f"{_WORD}document.main+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
}
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="PMingLiU"/><w:lang w:val="en-US" w:eastAsia="zh-HK"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b1"><w:name w:val="節"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
)


def made(body: str, *, method: int = zipfile.ZIP_DEFLATED, types: bool = True, **parts: str | bytes) -> bytes:
    """A Word file with a body and other parts, by kind: ``styles``, ``footnotes``, ``core`` …; text is what is in them."""
    roots = {"core": "coreProperties"}
    every: dict[str, str | bytes] = {"document": f"<w:body>{body}</w:body>", "styles": STYLES, **parts}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        overrides = "".join(
            f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPES.get(kind, f"{_WORD}{kind}+xml")}"/>'
            for kind in every
        )
        if types:
            archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), f'<Types xmlns="x">{overrides}</Types>')
        archive.writestr(zipfile.ZipInfo("word/media/image1.png"), b"\x89PNG")
        for kind, content in every.items():
            root = f"w:{roots.get(kind, kind)}"
            head = '<?xml version="1.0" encoding="UTF-8"?>\n'
            written = f"{head}<{root} {NAMESPACES}>{content}</{root}>" if isinstance(content, str) else content
            archive.writestr(zipfile.ZipInfo(f"word/{kind}.xml"), written, method)
    return stream.getvalue()


def part(data: bytes, kind: str = "document") -> str:
    """What a part of a Word file says, its root left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(f"word/{kind}.xml").decode()
    return text.split(f"{NAMESPACES}>", 1)[1].rpartition("</")[0].removeprefix("<w:body>").removesuffix("</w:body>")


def run(text: str, properties: str = "") -> str:
    """A run with a text."""
    return f"<w:r>{properties and f'<w:rPr>{properties}</w:rPr>'}<w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    """A paragraph of runs."""
    return f"<w:p>{''.join(runs)}</w:p>"
