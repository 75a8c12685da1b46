"""The reports of the admin as a test reads them: on the screen and as spreadsheets."""

import csv
from io import BytesIO, StringIO

from bs4 import BeautifulSoup
from openpyxl import load_workbook


def shown(client, address: str) -> list[list[str]]:
    """The cells of a report's table, without its head."""
    response = client.get(address)
    assert response.status_code == 200
    rows = BeautifulSoup(response.content, "lxml").select(".listing tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in rows]


def as_csv(client, address: str) -> list[dict]:
    mark = "&" if "?" in address else "?"
    response = client.get(f"{address}{mark}export=csv")
    assert response["Content-Type"] == "text/csv"
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def as_xlsx(client, address: str) -> list[dict]:
    response = client.get(f"{address}?export=xlsx")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    head, *rows = sheet.iter_rows()
    names = [cell.value for cell in head]
    return [dict(zip(names, row, strict=True)) for row in rows]
