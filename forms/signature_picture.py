"""A picture of a hand's signature, drawn into the signature place of a PDF: the picture alone, nothing it carries."""

import zlib
from datetime import datetime
from io import BytesIO

from PIL import Image
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, NameObject, NumberObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from forms.pdf_update import opened_for_update, structure_of_the_file
from forms.signature_ink import signature_image
from forms.signature_place import SignaturePlace, signature_place


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
    _give_contents(update, place.page)
    update.add_stream_to_page(place.page, update.add_object(StreamObject(stream_data=b"q")), prepend=True)
    update.add_stream_to_page(place.page, update.add_object(StreamObject(stream_data=shown.encode("ascii"))), resources)


def _give_contents(update: IncrementalPdfFileWriter, number: int) -> None:
    """An empty page may have no content at all: then it gets one that shows nothing."""
    page_ref = update.find_page_for_modification(number)[0]
    page = page_ref.get_object()
    if pdf_name("/Contents") not in page:
        page[pdf_name("/Contents")] = update.add_object(StreamObject(stream_data=b""))
        update.mark_update(page_ref)


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
