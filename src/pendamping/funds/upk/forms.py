from django import forms


class MonthForm(forms.Form):
    month = forms.DateField(widget=forms.HiddenInput)
