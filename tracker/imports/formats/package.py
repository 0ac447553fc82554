"""What a DOCX file must be before it is read: a ZIP file that unpacks to a bounded size, whose XML declares nothing."""

import zipfile
from typing import IO

from tracker.errors import Refused

MOST_MEMBERS = 2_000
MOST_UNPACKED = 60 * 1024 * 1024
ENCRYPTED = 0x1
# An XML declaration of a document type, in the encodings that a parser would read it in.
DECLARATIONS = tuple(
    word.encode(name) for word in ("<!DOCTYPE", "<!ENTITY") for name in ("utf-8", "utf-16-le", "utf-16-be")
)


def check_package(file: IO[bytes]) -> None:
    """Refuse a package that is encrypted, unpacks too far, or whose XML declares a document type or entities.

    Refuses: ``file_broken``, ``file_encrypted``, ``file_swells``, ``file_with_entities``.
    """
    try:
        package = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise Refused("file_broken") from error
    members = package.infolist()
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Refused("file_encrypted")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Refused("file_swells")
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            _check_xml(package, member)


def _check_xml(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member no further than a safe size, whatever size it declares."""
    with package.open(member) as opened:
        xml = opened.read(MOST_UNPACKED + 1)
    if len(xml) > MOST_UNPACKED:
        raise Refused("file_swells")
    if any(declaration in xml for declaration in DECLARATIONS):
        raise Refused("file_with_entities")
