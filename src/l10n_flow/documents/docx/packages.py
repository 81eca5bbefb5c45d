"""The zip file of a Word document: parts are read within limits, other members are copied unchanged.

Nothing is unpacked to disk, and only the needed parts are unpacked at all. A member that does not change is copied byte
for byte, with its header, its date and its position.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from l10n_flow.documents.docx import scanning
from l10n_flow.errors import SourceError

#: The maximal number of members; Word writes about twenty, and one for each picture.
MAX_MEMBERS = 20_000
#: The maximal size of all parts that are read, in bytes.
MAX_BYTES = 64 * 1024 * 1024
#: Above this size the compression ratio of a part is limited; deflate reaches at most 1,032 to one.
_BOMB_BYTES = 16 * 1024 * 1024
_BOMB_RATIO = 800

_TYPES = "[Content_Types].xml"
_MAIN = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.document"
    r"|ms-word\.document\.macroEnabled)\.main\+xml"
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TEXTS = ("footnotes", "endnotes", "header", "footer")
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_NUMBER = re.compile(r"(\d+)")

_LOCAL = struct.Struct("<4s2B4HL2L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_ZIP64 = 1
_DESCRIPTOR = 0x08
_ENCRYPTED = 0x01


class Part(NamedTuple):
    """A part with text: its name, and its kind (``document``, ``footnotes``, …, ``core``)."""

    name: str
    kind: str


class Member(NamedTuple):
    """A member of the zip file: the span of its directory entry, and the span of its header and data."""

    name: str
    entry: tuple[int, int]
    local: tuple[int, int]


@dataclass(frozen=True)
class Package:
    """An opened Word file.

    Attributes:
        data: the file.
        members: in the order of the directory.
        contents: the contents that were read, by the member's name, those of ``parts`` and ``others`` included.
        parts: the parts with text, the document itself first.
        others: the names of the parts with styles and language settings.
        end: the place of the zip file's end record.
    """

    data: bytes
    members: tuple[Member, ...]
    contents: Mapping[str, bytes]
    parts: tuple[Part, ...]
    others: Mapping[str, str]
    end: int


def read(data: bytes, *, path: str) -> Package:
    """Open a Word file.

    Args:
        data: the file.
        path: for messages.

    Raises:
        SourceError: it is not a Word file, or it is damaged, protected, or too large to unpack safely.
    """
    _refuse_others(data, path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members, end = _members(archive, data, path)
            return _opened(archive, data, members, end, path)
    except SourceError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError, IndexError) as error:
        raise SourceError(f"the file is damaged ({error}); open it in Word and save it again", path=path) from None
    except (NotImplementedError, RuntimeError) as error:
        raise SourceError(f"the file is packed in a way Word does not write ({error})", path=path) from None


def _refuse_others(data: bytes, path: str) -> None:
    """Refuse a file of another type with the name of a Word file; the error names the type."""
    if data.startswith(b"PK\x03\x04"):
        return
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SourceError("the file is encrypted with a password; save it without one", path=path)
        raise SourceError("this is a Word 97–2003 document (.doc); save it as .docx", path=path)
    what = "this is RTF" if data.startswith(b"{\\rtf") else "the file is empty" if not data else "this is no Word file"
    raise SourceError(f"{what}; save it as .docx in Word or LibreOffice", path=path)


def _members(archive: zipfile.ZipFile, data: bytes, path: str) -> tuple[tuple[Member, ...], int]:
    """Return the members in the order of the directory, and the place of the end record."""
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise SourceError(f"the file has {len(infos)} members, more than {MAX_MEMBERS}", path=path)
    if len({info.filename for info in infos}) < len(infos):
        raise SourceError("two members of the file have the same name; open it in Word and save it again", path=path)
    offsets = sorted(info.header_offset for info in infos)
    following = dict(zip(offsets, [*offsets[1:], archive.start_dir], strict=True))
    if len(following) < len(infos):
        raise SourceError("two members of the file are in the same place; it is damaged", path=path)
    place = archive.start_dir
    members = []
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise SourceError("the file is encrypted with a password; save it without one", path=path)
        fields = _CENTRAL.unpack_from(data, place)
        if 0xFFFFFFFF in (fields[10], fields[11], fields[18]):
            raise SourceError("the file is a ZIP64 file; open it in Word and save it again", path=path)
        after = place + _CENTRAL.size + sum(fields[12:15])
        members.append(Member(info.filename, (place, after), (info.header_offset, following[info.header_offset])))
        place = after
    if data[place : place + 4] != b"PK\x05\x06":
        raise SourceError("the directory of the file is damaged; open it in Word and save it again", path=path)
    return tuple(members), place


def _opened(archive: zipfile.ZipFile, data: bytes, members: tuple[Member, ...], end: int, path: str) -> Package:
    contents: dict[str, bytes] = {}
    names = {member.name.casefold(): member.name for member in members}

    def take(name: str) -> bytes:
        left = MAX_BYTES - sum(map(len, contents.values()))
        info = archive.getinfo(name)
        with archive.open(info) as stream:
            found = stream.read(left + 1)
        if len(found) > left:
            raise SourceError(f"the texts of the file have more than {MAX_BYTES // 2**20} MB unpacked", path=path)
        if len(found) > _BOMB_BYTES and len(found) > _BOMB_RATIO * info.compress_size:
            ratio = len(found) // max(1, info.compress_size)
            raise SourceError(f"{name} is {ratio} times as large as it is packed, as no document is", path=path)
        contents[name] = found
        return found

    if _TYPES not in names.values():
        raise SourceError("this is a zip file, but no Word file; save it as .docx", path=path)
    types = scanning.attributes(take(_TYPES), "Override", path=f"{path}: {_TYPES}")
    of_type: dict[str, list[str]] = {}
    for each in types:
        name = names.get(each.get("PartName", "").lstrip("/").casefold())
        if name is not None:
            of_type.setdefault(each.get("ContentType", ""), []).append(name)
    main = [name for kind, found in of_type.items() if _MAIN.fullmatch(kind) for name in found]
    if len(main) != 1:
        raise SourceError("this is an Office file, but no Word document; save it as .docx", path=path)
    parts = [Part(main[0], "document")]
    for kind in _TEXTS:
        parts += (Part(name, kind) for name in sorted(of_type.get(f"{_WORD}{kind}+xml", ()), key=_natural))
    parts += (Part(name, "core") for name in of_type.get(_CORE, ())[:1])
    of_others = {kind: of_type.get(f"{_WORD}{kind}+xml", ()) for kind in ("styles", "settings")}
    others = {kind: found[0] for kind, found in of_others.items() if found}
    for name in dict.fromkeys((*(part.name for part in parts), *others.values())):
        take(name)
    return Package(data, members, contents, tuple(parts), others, end)


def _natural(name: str) -> list[tuple[int, str]]:
    """Return the sort key of a name: header2 before header10."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in _NUMBER.split(name)]


def write(package: Package, changed: Mapping[str, bytes]) -> bytes:
    """Return the file with new contents of some members; all others are copied unchanged.

    Args:
        package: the old file.
        changed: new contents by the name of the member; content equal to the old one is not a change.
    """
    changed = {name: content for name, content in changed.items() if content != package.contents.get(name)}
    if not changed:
        return package.data
    data = package.data
    written: list[bytes] = []
    position = 0
    moved: dict[str, tuple[int, bytes]] = {}  # the shift of the header, and the new fields of an entry
    by_place = sorted(package.members, key=lambda member: member.local)
    if by_place[0].local[0]:
        written.append(data[: by_place[0].local[0]])
        position = by_place[0].local[0]
    for member in by_place:
        start, end = member.local
        sizes = b""
        piece = data[start:end]
        if member.name in changed:
            piece, sizes = _packed(piece, changed[member.name])
        moved[member.name] = position - start, sizes
        written.append(piece)
        position += len(piece)
    directory = position
    for member in package.members:
        entry = _entry(data[slice(*member.entry)], *moved[member.name])
        written.append(entry)
        position += len(entry)
    fields = list(_END.unpack_from(data, package.end))
    old_start = package.members[0].entry[0]
    fields[5], fields[6] = position - directory, fields[6] + directory - old_start
    return b"".join((*written, _END.pack(*fields), data[package.end + _END.size :]))


def _packed(piece: bytes, content: bytes) -> tuple[bytes, bytes]:
    """Return a member with new content, and the size fields of its entry."""
    fields = list(_LOCAL.unpack_from(piece))
    name_end = _LOCAL.size + fields[10]
    extra = _without_zip64(piece[name_end : name_end + fields[11]])
    stored = content
    if fields[4]:  # not stored
        packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
        stored = packer.compress(content) + packer.flush()
    fields[3] &= ~_DESCRIPTOR
    fields[7:10] = zlib.crc32(content), len(stored), len(content)
    fields[11] = len(extra)
    sizes = struct.pack("<3L", *fields[7:10])
    return _LOCAL.pack(*fields) + piece[_LOCAL.size : name_end] + extra + stored, sizes


def _entry(entry: bytes, by: int, sizes: bytes) -> bytes:
    """Return a directory entry for a moved member, with new sizes if they are given."""
    fields = list(_CENTRAL.unpack_from(entry))
    name_end = _CENTRAL.size + fields[12]
    extra_end = name_end + fields[13]
    extra = entry[name_end:extra_end]
    if sizes:
        fields[5] &= ~_DESCRIPTOR
        fields[9:12] = struct.unpack("<3L", sizes)
        extra = _without_zip64(extra)
        fields[13] = len(extra)
    fields[18] += by
    return _CENTRAL.pack(*fields) + entry[_CENTRAL.size : name_end] + extra + entry[extra_end:]


def _without_zip64(extra: bytes) -> bytes:
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        if kind != _ZIP64:
            kept += extra[place : place + 4 + length]
        place += 4 + length
    return kept
