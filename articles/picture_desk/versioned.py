"""A form that is typed on one version of a picture, and can be shown again on the version that stands now."""

from django import forms


class VersionedForm(forms.Form):
    """What is typed of a picture, with the version of the picture that was shown."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def on_version(self, token: str) -> None:
        """Let what was typed be saved over that version, which is shown beside it."""
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | {self.add_prefix("version"): token}
