"""The schema of XLIFF 1.2, read from beside this file and never from the network."""

from copy import deepcopy
from functools import cache
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).parent / "schema"
XML_NAMESPACE = "http://www.w3.org/2001/xml.xsd"
KNOWN = ("{urn:oasis:names:tc:xliff:document:1.2}", "{http://www.w3.org/XML/1998/namespace}")


class _Beside(etree.Resolver):
    def resolve(self, system_url, public_id, context):
        if system_url != XML_NAMESPACE:
            return None
        return self.resolve_filename(str(FOLDER / "xml.xsd"), context)


@cache
def _strict() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside())
    return etree.XMLSchema(etree.parse(FOLDER / "xliff-core-1.2-strict.xsd", parser))


def problems(root: etree._Element) -> list[str]:
    """Where a document leaves XLIFF 1.2: "line 12: ..."; nothing where it is valid."""
    schema = _strict()
    schema.validate(root)
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


def problems_of_ours(root: etree._Element) -> list[str]:
    """The same, of what is XLIFF in a document; tools add elements and attributes of their own."""
    copy = deepcopy(root)
    for element in list(copy.iter()):
        if not str(element.tag).startswith(KNOWN) and element.getparent() is not None:
            element.getparent().remove(element)
        for name in [name for name in element.attrib if str(name).startswith("{")]:
            if not str(name).startswith(KNOWN):
                del element.attrib[name]
    return problems(copy)
