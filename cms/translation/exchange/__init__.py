"""Files for people who translate with tools of their own: PO, XLIFF and TMX, out and in again."""
