"""Clipboards of the programs that people write in, made up after their formats; each with the body it must become."""

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset=utf-8><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!--
 @font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}
 p.MsoNormal, li.MsoNormal, div.MsoNormal {mso-style-unhide:no; margin:0cm; font-family:"Calibri",sans-serif;}
 p.MsoTitle {font-size:28.0pt; font-weight:bold;}
 p.MsoQuote, li.MsoQuote {mso-style-name:Quote; font-style:italic;}
 span.Sharp {mso-style-name:Sharp; font-weight:bold; mso-bidi-font-weight:normal;}
 span.MsoFootnoteReference {vertical-align:super;}
 h1 {mso-style-link:"Heading 1 Char"; font-weight:bold;}
 @list l1:level1 {mso-level-number-format:bullet; mso-level-text:o;}
--></style></head><body lang=EN-GB link=blue style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='mso-margin-top-alt:auto'><span lang=EN-US>The
harbour<o:p></o:p></span></h1>
<p class=MsoNormal>Boats <b style='mso-bidi-font-weight:normal'>came</b> <i>back</i>, <span class=Sharp>sharply</span>.<a
style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span
style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoQuote>We <b>waited<span style='font-weight:normal'> long</span></b>.</p>
<p class=MsoQuote>And again.</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>3.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Nets</p>
<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l1 level2 lfo2'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]>Knots</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:36.0pt'>of four kinds</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>4.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Ropes</p>
<h2>Prices</h2>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'>
<td width=100 valign=top style='width:75.0pt'><p class=MsoNormal><b>Port</b><o:p></o:p></p></td>
<td width=100 valign=top colspan=2><p class=MsoNormal>Old<o:p></o:p></p></td></tr></table>
<p class=MsoNormal dir=RTL style='text-align:right;direction:rtl;unicode-bidi:embed'><span lang=AR-SA>عاد الصيادون</span></p>
<p class=MsoNormal><span style='mso-comment-continuation:1'>A <a style='mso-comment-reference:ED_1'>doubt</a></span><span
class=MsoCommentReference><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[ED1]</a></span>.</p>
<p class=MsoNormal><!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/clip_image001.png" o:title="quay"/></v:shape><![endif]--><![if
!vml]><img width=300 height=200 src="file:///C:/clip_image001.png" alt="The quay" v:shapes="a"><![endif]></p>
<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a> By the harbour master.</p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1" class=msocomtxt>
<p class=MsoCommentText>Ask the captain.</p></div></div></div>
<!--EndFragment--></body></html>"""
WORD_BODY = (
    "<h2>The harbour</h2><p>Boats <strong>came</strong> <em>back</em>, <strong>sharply</strong>.<sup>[1]</sup></p>"
    "<blockquote><p>We <strong>waited</strong> long.</p><p>And again.</p></blockquote>"
    '<ol start="3"><li>Nets<ul><li><p>Knots</p><p>of four kinds</p></li></ul></li><li>Ropes</li></ol>'
    "<h3>Prices</h3>"
    '<table><tbody><tr><td><strong>Port</strong></td><td colspan="2">Old</td></tr></tbody></table>'
    '<p dir="rtl">عاد الصيادون</p><p>A doubt.</p>'
    '<p class="note">Picture not pasted: The quay. Drop its file here, or press Picture.</p>'
    '<hr><p><sup>[1]</sup> By the harbour master.</p><p class="note">Ask the captain.</p>'
)

WORD_ONLINE = (
    '<div class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1" role="heading" aria-level="1" paraid="1"><span '
    'data-contrast="none" class="TextRun SCXW1" style="font-weight: normal;">Tides</span></p></div>'
    '<div class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1"><span class="TextRun SCXW1" style="font-weight: bold;">High</span>'
    '<span class="TextRun SCXW1" style="font-weight: normal;"> water</span><span class="EOP SCXW1">&nbsp;</span></p></div>'
    '<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1 SCXW1" role="list"><li data-leveltext="" data-aria-posinset="1" '
    'data-aria-level="1" role="listitem" class="OutlineElement"><p class="Paragraph"><span class="TextRun">Spring</span></p></li></ul></div>'
    '<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle2 SCXW1" role="list"><li data-aria-posinset="1" '
    'data-aria-level="2" role="listitem"><p class="Paragraph"><span class="TextRun">March</span></p></li></ul></div>'
    '<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1 SCXW1" role="list"><li data-aria-posinset="2" '
    'data-aria-level="1" role="listitem"><p class="Paragraph"><span class="TextRun">Neap</span></p></li></ul></div>'
)
WORD_ONLINE_BODY = "<h2>Tides</h2><p><strong>High</strong> water</p><ul><li>Spring<ul><li>March</li></ul></li><li>Neap</li></ul>"

GOOGLE_DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-0a1b2c3d">'
    '<h1 dir="ltr" style="line-height:1.38;margin-top:20pt;"><span style="font-size:20pt;font-weight:400;font-style:normal;">Quay</span></h1>'
    '<p dir="ltr" style="line-height:1.38;"><span style="font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline;'
    'white-space:pre-wrap;">Plain, </span><span style="font-weight:700;font-style:normal;">bold</span><span style="font-weight:400;font-style:italic;">'
    ', slanted, </span><a href="https://example.org/tides" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;">'
    'linked</span></a><span style="font-weight:400;"> H</span><span style="font-size:0.6em;vertical-align:sub;">2</span><span>O'
    '</span><span style="text-decoration:line-through;"> gone</span></p><br />'
    '<ul style="margin-top:0;padding-inline-start:48px;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" '
    'role="presentation"><span style="font-weight:400;">One</span></p></li><ul style="margin-top:0;"><li dir="ltr" '
    'style="list-style-type:circle;" aria-level="2"><p dir="ltr" role="presentation"><span>Below</span></p></li></ul>'
    '<li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Two</span></p></li></ul>'
    '<div dir="ltr" style="margin-left:0pt;" align="left"><table style="border:none;"><colgroup><col width="300"/><col width="300"/></colgroup>'
    '<tbody><tr style="height:0pt"><td style="vertical-align:top;"><p dir="ltr"><span>Port</span></p></td><td style="vertical-align:top;">'
    '<p dir="ltr"><span>Boats</span></p></td></tr></tbody></table></div>'
    '<p dir="rtl"><span style="font-weight:400;">ميناء</span></p>'
    '<p dir="ltr"><span><span style="border:none;display:inline-block;width:10px;"><img src="https://example.org/a/quay.png" width="602" '
    'height="400" style="margin-left:0px;" /></span></span></p></b><br class="Apple-interchange-newline">'
)
GOOGLE_DOCS_BODY = (
    "<h2>Quay</h2><p>Plain, <strong>bold</strong><em>, slanted, </em>"
    '<a href="https://example.org/tides" rel="noopener noreferrer">linked</a> H<sub>2</sub>O<s> gone</s></p>'
    "<ul><li>One<ul><li>Below</li></ul></li><li>Two</li></ul>"
    "<table><tbody><tr><td>Port</td><td>Boats</td></tr></tbody></table>"
    '<p dir="rtl">ميناء</p><p class="note">Picture not pasted: quay.png. Drop its file here, or press Picture.</p>'
)

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 24.2 (Linux)"/><style type="text/css">@page { size: 21cm 29.7cm; margin: 2cm }
p { line-height: 115%; background: transparent } h1.western { font-family: "Liberation Sans"; font-weight: bold }
a:link { color: #000080; text-decoration: underline } a.sdfootnoteanc { font-size: 57% }</style></head>
<body lang="en-GB" dir="ltr"><h2 class="western">Two tides</h2><p style="line-height: 100%"><b>Bold</b>, <i>slanted</i> and <font color="#000000"><span
style="font-weight: normal">plain</span></font>.<sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">1</a></sup></p>
<blockquote style="margin-left: 1cm">Said <a href="https://safe.example/x">once</a>.</blockquote>
<ol><li><p style="margin-bottom: 0cm">First</p><ol type="a"><li><p>Inner</p></li></ol></li><li><p>Second</p></li></ol>
<ol start="5"><li>Fifth</li></ol>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> A note below.</p></div></body></html>"""
LIBREOFFICE_BODY = (
    "<h2>Two tides</h2><p><strong>Bold</strong>, <em>slanted</em> and plain.<sup>1</sup></p>"
    '<blockquote>Said <a href="https://safe.example/x" rel="noopener noreferrer">once</a>.</blockquote>'
    '<ol><li>First<ol><li>Inner</li></ol></li><li>Second</li></ol><ol start="5"><li>Fifth</li></ol><p>1 A note below.</p>'
)

OUTLOOK = """<html><head><style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} span.EmailStyle17 {mso-style-type:personal-compose;
color:windowtext;} --></style></head><body lang=EN-GB><div class=WordSection1><p class=MsoNormal>Dear desk,<o:p></o:p></p>
<p class=MsoNormal>see <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fpaper%3Fa%3D1&amp;data=05">the
paper</a>.<br><br>Two<br>lines<o:p></o:p></p><ul style='margin-top:0cm' type=disc><li class=MsoListParagraph style='margin-left:0cm;mso-list:l0 level1 lfo1'>First
<o:p></o:p></li></ul><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> The captain</p></div></div></body></html>"""
OUTLOOK_BODY = (
    '<p>Dear desk,</p><p>see <a href="https://example.org/paper?a=1" rel="noopener noreferrer">the paper</a>.</p>'
    "<p>Two<br>lines</p><ul><li>First</li></ul><p><strong>From:</strong> The captain</p>"
)

GMAIL = (
    '<div dir="ltr"><div>Hello, <b>all</b>.</div><div><br></div><div dir="rtl">مرحبا</div><div style="font-weight:bold">In bold'
    '<span style="font-weight:400"> and not</span> 🎣<img data-emoji="x" class="an1" alt="🎉" src="https://example.org/e.png"></div>'
    '<table role="presentation" cellpadding="0"><tr><td><p>In a frame</p></td><td>beside</td></tr></table>'
    '<img width="1" height="1" src="https://example.org/open.gif"><div style="display:none">Preheader</div>'
    '<div class="gmail_quote"><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">Earlier words</blockquote></div></div>'
)
GMAIL_BODY = (
    '<p>Hello, <strong>all</strong>.</p><p dir="rtl">مرحبا</p><p><strong>In bold</strong> and not<strong> 🎣🎉</strong></p>'
    "<p>In a frame</p><p>beside</p><blockquote>Earlier words</blockquote>"
)

PAGES = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN"><html><head><meta name="Generator" content="Cocoa HTML Writer">
<style type="text/css">p.p1 {margin: 0.0px 0.0px 0.0px 0.0px; font: bold 18.0px 'Helvetica Neue'} p.p2 {font: 12.0px Helvetica; min-height: 14.0px}
span.s1 {font: italic 12.0px Helvetica} span.s2 {font-weight: bold} li.li3 {font: 12.0px Helvetica} span.Apple-tab-span {white-space:pre}</style></head>
<body><p class="p1">A bold line</p><p class="p2"><br></p><p class="p2">Then <span class="s1">slanted</span><span class="Apple-converted-space">&nbsp;
</span>and <span class="s2">bold</span>.</p><ul class="ul1"><li class="li3">Item</li></ul></body></html>"""
PAGES_BODY = "<p><strong>A bold line</strong></p><p>Then <em>slanted</em> and <strong>bold</strong>.</p><ul><li>Item</li></ul>"

READER = (
    '<meta charset="utf-8"><h1 style="font-weight: 700">The ferry</h1><div class="body" style="font-size: 19px">'
    '<p class="turn question" id="turn-1" style="font-weight: 600;"><b class="speaker" style="color: green">The Courier</b> Why now?</p>'
    '<p class="turn answer" id="turn-2" style="font-weight: 400;"><b class="speaker">Mayor</b> Because of the <strong>tide</strong>.</p>'
    '<h2 style="font-weight: 700">After</h2><blockquote class="pull" style="font-style: italic"><p>We waited.</p></blockquote>'
    '<p class="verse" style="font-style: italic">The sea</p>'
    '<figure class="picture"><img src="/images/ab/cd.jpg" alt="Two men"><figcaption><span class="caption">Nets.</span> '
    '<a class="media-id" href="/media/70000001/">Media ID 70000001</a></figcaption></figure></div>'
)
READER_BODY = (
    '<h2>The ferry</h2><p class="question" data-speaker="The Courier">Why now?</p>'
    '<p class="answer" data-speaker="Mayor">Because of the <strong>tide</strong>.</p><h2>After</h2>'
    '<blockquote class="pull">We waited.</blockquote><p class="verse">The sea</p><figure data-media-id="70000001"></figure>'
)

EVERY = {
    "Word": (WORD, WORD_BODY),
    "Word in the browser": (WORD_ONLINE, WORD_ONLINE_BODY),
    "Google Docs": (GOOGLE_DOCS, GOOGLE_DOCS_BODY),
    "LibreOffice": (LIBREOFFICE, LIBREOFFICE_BODY),
    "Outlook": (OUTLOOK, OUTLOOK_BODY),
    "Gmail": (GMAIL, GMAIL_BODY),
    "Pages": (PAGES, PAGES_BODY),
    "our own page": (READER, READER_BODY),
}
