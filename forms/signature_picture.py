"""A picture of a hand's signature, drawn into the signature place of a PDF: the picture alone, nothing it carries."""

import warnings
import zlib
from datetime import datetime
from io import BytesIO

from PIL import Image, ImageOps
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, NameObject, NumberObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from forms.pdf_update import opened_for_update, structure_of_the_file
from forms.signature_place import SignaturePlace, signature_place

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
LARGEST = (1_400, 700)  # pixels kept: 600 to the inch in any place there is
PAPER = 235  # a grey lighter than this is the paper around the ink
RIM = 4  # pixels left around the ink


class NoSignature(Exception):
    """The picture cannot be used; the message is the Thai clause that says why."""


def picture_signed_pdf(pdf: bytes, picture: bytes, at: datetime) -> bytes:
    """The PDF with the picture in its signature place, added after its last byte.

    Raises NotSignable, and NoSignature for a picture that is none, is too large or is blank.
    """
    update = opened_for_update(pdf, at)
    image = signature_image(picture)
    output = BytesIO()
    with structure_of_the_file():
        _draw(update, signature_place(update.prev), image)
        update.write(output)
    return output.getvalue()


def signature_image(picture: bytes) -> Image.Image:
    """The ink of the picture, upright, in RGB or (where its background is clear) RGBA; raises NoSignature."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of a large picture
            with Image.open(BytesIO(picture), formats=FORMATS) as found:
                _refuse_bomb(found)
                found.load()
                upright = _eight_bits(ImageOps.exif_transpose(found))
                plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except NoSignature:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoSignature("ภาพใหญ่เกินไป") from None
    except Exception as error:  # Pillow's readers raise a dozen kinds for a damaged file
        raise NoSignature("อ่านภาพไม่ได้ ภาพต้องเป็น JPEG, PNG หรือ WebP ที่สมบูรณ์") from error
    trimmed = plain.crop(_ink(plain))
    trimmed.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    return trimmed


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of sixteen bits as grey of eight: Pillow's own conversion takes most of it for white."""
    return image.convert("I").point(lambda level: level / 256).convert("L") if image.mode.startswith("I") else image


def _refuse_bomb(image: Image.Image) -> None:
    """The header tells the size before a single pixel is made."""
    if image.width * image.height > MOST_PIXELS:
        raise NoSignature(f"ภาพใหญ่เกินไป ({image.width:,} × {image.height:,} จุด)")


def _ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The part of the picture that is neither clear nor white."""
    over_white = Image.new("RGB", image.size, "white")
    over_white.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    grey = over_white.convert("L")
    box = grey.point([255 if level < PAPER else 0 for level in range(256)]).getbbox()
    low, high = grey.getextrema()
    if box is None or low == high:
        raise NoSignature("ภาพว่าง ไม่มีลายมือชื่อในภาพ")
    left, top, right, bottom = box
    return max(left - RIM, 0), max(top - RIM, 0), min(right + RIM, image.width), min(bottom + RIM, image.height)


def _draw(update: IncrementalPdfFileWriter, place: SignaturePlace, image: Image.Image) -> None:
    """The picture over the page, as large as the place allows, in its middle; white paper lets the page through."""
    width, height = place.size
    scale = min(width / image.width, height / image.height)
    wide, high = image.width * scale, image.height * scale
    x, y = place.box[0] + (width - wide) / 2, place.box[1] + (height - high) / 2
    multiply = DictionaryObject({pdf_name("/Type"): pdf_name("/ExtGState"), pdf_name("/BM"): pdf_name("/Multiply")})
    resources = DictionaryObject(
        {
            pdf_name("/XObject"): DictionaryObject({pdf_name("/SignaturePicture"): _image(update, image)}),
            pdf_name("/ExtGState"): DictionaryObject({pdf_name("/SignatureInk"): update.add_object(multiply)}),
        }
    )
    shown = f"Q q /SignatureInk gs {wide:.3f} 0 0 {high:.3f} {x:.3f} {y:.3f} cm /SignaturePicture Do Q"
    update.add_stream_to_page(place.page, update.add_object(StreamObject(stream_data=b"q")), prepend=True)
    update.add_stream_to_page(place.page, update.add_object(StreamObject(stream_data=shown.encode("ascii"))), resources)


def _image(update: IncrementalPdfFileWriter, image: Image.Image) -> IndirectObject:
    """The picture's pixels as an object of the PDF: no name, no date, no place it was taken at."""
    made = _pixels(image.convert("RGB"), "/DeviceRGB")
    if image.mode == "RGBA":
        made[pdf_name("/SMask")] = update.add_object(_pixels(image.getchannel("A"), "/DeviceGray"))
    return update.add_object(made)


def _pixels(image: Image.Image, colours: str) -> StreamObject:
    entries: dict[str, NameObject | NumberObject] = {
        "/Type": pdf_name("/XObject"),
        "/Subtype": pdf_name("/Image"),
        "/Width": NumberObject(image.width),
        "/Height": NumberObject(image.height),
        "/ColorSpace": pdf_name(colours),
        "/BitsPerComponent": NumberObject(8),
        "/Filter": pdf_name("/FlateDecode"),
    }
    return StreamObject(
        {pdf_name(name): value for name, value in entries.items()}, encoded_data=zlib.compress(image.tobytes(), 9)
    )
