"""The editor's form for a publication."""

from cms.models.forms import BasePageForm


class PublicationForm(BasePageForm):
    """Refuses twins among the rows with a message; the page meets them only when it is saved."""

    def clean(self):
        cleaned = super().clean()
        for name, (fields, message) in self.instance.UNIQUE_ROWS.items():
            rows = self._rows(name)
            keys = [tuple(row.get(field) for field in fields) for row in rows]
            if len(keys) != len(set(keys)):
                self.add_error(None, message)
        return cleaned

    def _rows(self, name: str) -> list[dict]:
        """The rows of a formset that are valid and stay."""
        formset = self.formsets.get(name)
        forms = formset.forms if formset else []
        valid = [form.cleaned_data for form in forms if form.is_valid()]
        return [row for row in valid if row and not row.get("DELETE")]
