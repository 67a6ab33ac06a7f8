"""The templates of a mail. Mail programs know tables and styles on the element, and little else."""

PLAIN = """\
{{ hello }}

{{ body }}

{% for label, value in rows %}
{{ label }}{{ colon }} {{ value }}
{% endfor %}

{{ open }}{{ colon }} {{ url }}

--{{ ' ' }}
{{ why }}
"""

HTML = """\
<!doctype html>
<html lang="{{ language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>{{ title }}</title>
</head>
<body style="margin:0;padding:0;background:#f2f5f7;color:#16232e;font-family:system-ui,-apple-system,'Segoe UI',\
Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f5f7">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;\
border:1px solid #d5dee5;border-radius:8px">
<tr><td style="padding:28px 28px 8px">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3;overflow-wrap:anywhere">{{ title }}</h1>
<p style="margin:0 0 12px">{{ hello }}</p>
<p style="margin:0 0 20px;overflow-wrap:anywhere">{{ body }}</p>
<table width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px;border-top:1px solid #d5dee5">
{% for label, value in rows %}
<tr>
<th align="left" scope="row" style="padding:10px 16px 10px 0;border-bottom:1px solid #d5dee5;font-weight:600;\
vertical-align:top;white-space:nowrap;color:#465a69">{{ label }}</th>
<td width="100%" style="padding:10px 0;border-bottom:1px solid #d5dee5;overflow-wrap:anywhere">{{ value }}</td>
</tr>
{% endfor %}
</table>
<p style="margin:0 0 20px"><a href="{{ url }}" style="display:inline-block;padding:11px 20px;background:#0b5a8a;\
color:#ffffff;text-decoration:none;border-radius:6px;font-weight:600">{{ open }}</a></p>
</td></tr>
</table>
<p style="max-width:560px;margin:16px 0 0;font-size:13px;color:#465a69">{{ why }}</p>
</td></tr>
</table>
</body>
</html>
"""
