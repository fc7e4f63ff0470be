"""Pictures that tell more than they show: where they were taken, by which camera, who is on them."""

from io import BytesIO

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from tests.forms.pack_ground import screen

CAMERA = "MARKER-OF-THE-CAMERA-4711"
PLACE = "MARKER-OF-THE-PLACE-13N100E"
PERSON = "MARKER-OF-THE-PERSON"
MARKS = (CAMERA, PLACE, PERSON)
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>{PLACE}</place><person>{PERSON}</person></x:xmpmeta>'.encode()


def marked_jpeg(shade: int = 0) -> bytes:
    """EXIF with the camera and the place, XMP, a comment, and something behind its end."""
    with Image.open(BytesIO(screen(640, 400, shade))) as picture:
        exif = _exif(picture)
        made = BytesIO()
        picture.convert("RGB").save(made, "JPEG", exif=exif, xmp=XMP, comment=f"{CAMERA} {PERSON}".encode())
    return made.getvalue() + PERSON.encode()


def marked_png(shade: int = 0) -> bytes:
    """The same in the texts of a PNG."""
    with Image.open(BytesIO(screen(640, 400, shade))) as picture:
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", CAMERA)
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
        texts.add_text("Author", PERSON, zip=True)
        made = BytesIO()
        picture.save(made, "PNG", pnginfo=texts, exif=_exif(picture))
    return made.getvalue()


def marked_webp(shade: int = 0) -> bytes:
    """The same in a WebP."""
    with Image.open(BytesIO(screen(640, 400, shade))) as picture:
        made = BytesIO()
        picture.save(made, "WEBP", exif=_exif(picture), xmp=XMP)
    return made.getvalue()


def _exif(picture: Image.Image) -> Image.Exif:
    exif = picture.getexif()
    exif[0x010F], exif[0x0110], exif[0x010E], exif[0x013B] = CAMERA, CAMERA, PLACE, PERSON
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (IFDRational(13), IFDRational(43), IFDRational(1987, 100))
    place[3], place[4] = "E", (IFDRational(100), IFDRational(41), IFDRational(1234, 100))
    place[29] = "2020:01:02"
    return exif
