"""Files of a case: kept sealed with a fingerprint, given back only as a download; photos made safe first."""

import hashlib
import io
import warnings

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from krama.access.groups import IDENTITY
from krama.access.policy import readable_groups
from krama.access.refusal import Refusal, _
from krama.journal.recording import record
from krama.records import sealing
from krama.records.writing import Denied, Refused, facts_of, require
from krama.vault.models import Document, Identity

MOST = 10 * 1024 * 1024
PHOTO_SIDE = 900  # pixels
PHOTO_PIXELS = 40_000_000  # a larger picture is refused before it is unpacked

# What a file begins with, by kind; the ending of its name decides nothing.
_KINDS = (
    ("image/jpeg", (b"\xff\xd8\xff",)),
    ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ("application/pdf", (b"%PDF-",)),
    ("audio/ogg", (b"OggS",)),
    ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    ("audio/amr", (b"#!AMR",)),
    ("audio/webm", (b"\x1aE\xdf\xa3",)),
    ("audio/wav", (b"RIFF",)),
)


def kind_of(content: bytes) -> str:
    """Give the media type of an accepted file by its first bytes, or ""."""
    if content[4:8] == b"ftyp":
        return "audio/mp4"
    return next((kind for kind, starts in _KINDS if content.startswith(starts)), "")


def keep_document(case, *, name: str, content: bytes) -> Document:
    """Seal a file for `case` (a scope or a case). Part of an act that journals it.

    Raises Refused for a file that is too large or of no accepted kind.
    """
    kind = kind_of(content)
    if len(content) > MOST:
        raise Refused([Refusal(_("The file is larger than 10 MB."), field="file")])
    if not kind:
        text = _("Only pictures (JPEG, PNG), PDF and sound files can be kept here.")
        raise Refused([Refusal(text, field="file")])
    row = Document(
        case_id=case.case_id, media_type=kind, size=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
    sealing.seal(row, {"name": name[:200], "content": content})
    row.save(force_insert=True)
    return row


@transaction.atomic
def open_document(document: Document, *, by) -> bytes:
    """Give the file back. It may show who the person is, so it needs the identity group, and is journaled."""
    facts = facts_of(document)
    require(by, "case.reveal", facts)
    _require_identity(by, facts)
    record("document.open", document, by=by, groups=[IDENTITY.value])
    return sealing.open_unjournaled([document], ["content"])[0]["content"]


def _require_identity(by, facts) -> None:
    from django.utils import timezone

    if IDENTITY not in readable_groups(by.actor, facts, timezone.now()):
        raise Denied


def safe_photo(content: bytes) -> bytes:
    """Give the picture drawn anew as a small JPEG: no place, no device, nothing hidden in the file.

    Raises Refused for anything that is no picture, or one too large to unpack.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
            if picture.width * picture.height > PHOTO_PIXELS:
                raise Refused([Refusal(_("The picture is too large. Take a smaller one."), field="photo")])
            picture.thumbnail(
                (PHOTO_SIDE, PHOTO_SIDE)
            )  # made small first: each step copies the whole picture
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombWarning,
            Image.DecompressionBombError):  # fmt: skip
        raise Refused(
            [Refusal(_("This file is not a picture (JPEG, PNG or WEBP)."), field="photo")]
        ) from None
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=82)
    return out.getvalue()


@transaction.atomic
def keep_photo(case, *, by, content: bytes) -> None:
    """Seal the person's photo, drawn anew; an earlier one is replaced. Taken only with the person's leave."""
    require(by, "case.amend-identity", facts_of(case))
    identity = Identity.objects.select_for_update().get(person_id=case.person_id)
    sealing.seal(identity, {"photo": safe_photo(content)})
    identity.save()
    record("case.photo", case, by=by, groups=[IDENTITY.value], changed=["photo"])


@transaction.atomic
def open_photo(case, *, by, purpose: str) -> bytes:
    """Give the photo's JPEG bytes for a stated purpose, b"" when there is none; journaled."""
    facts = facts_of(case)
    require(by, "case.reveal", facts)
    _require_identity(by, facts)
    identity = Identity.objects.filter(person_id=case.person_id).first()
    record("case.photo-view", case, by=by, groups=[IDENTITY.value], purpose=purpose)
    return sealing.open_unjournaled([identity], ["photo"])[0]["photo"] if identity else b""
