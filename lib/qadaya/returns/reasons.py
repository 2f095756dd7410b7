"""Why nothing can be read of a file, and what is to be done about it.

In English: the keys of the catalogue `returns`. A file that is locked is not helped by
being saved as .xlsx, so each reason has a remedy of its own.
"""

REASONS = {
    "empty": (
        "the file is empty",
        "Send the file that holds the form.",
    ),
    "zeros": (
        "the file holds nothing but zeros; copying it was broken off",
        "Copy the file again from where it was saved and send it again.",
    ),
    "damaged": (
        "the file is damaged or incomplete",
        "Open it in the program that made it, save it again and send it again.",
    ),
    "encrypted": (
        "the file is locked with a password",
        "Save it without a password and send it again.",
    ),
    "kind": (
        "this is not a kind of file that holds a form",
        "Send the form as a workbook (.xlsx, .xls, .ods), a document (.docx, .odt) or "
        "a .csv file.",
    ),
    "pdf": (
        "this is a PDF, which holds a print of the form and not the form itself",
        "Send the workbook or document that it was printed from.",
    ),
    "picture": (
        "this is a picture or a scan of the form",
        "Type the rows into the form itself and send that.",
    ),
    "rich_text": (
        "this is a rich text document (.rtf)",
        "Open it in Word, save it as .docx and send it again.",
    ),
    "old_word": (
        "this is a document of Word 97 to 2003 (.doc)",
        "Open it in Word, save it as .docx and send it again.",
    ),
    "word_2003": (
        "this is a document of Word 2003 in XML",
        "Open it in Word, save it as .docx and send it again.",
    ),
    "oldest_excel": (
        "this is a workbook of Excel 4 or older",
        "Open it in Excel, save it as .xlsx and send it again.",
    ),
    "apple": (
        "this is a document of Pages or Numbers",
        "Export it as Word or Excel and send that.",
    ),
    "slides": (
        "this is a presentation",
        "Type the rows into the form itself and send that.",
    ),
    "mail": (
        "this is an e-mail saved as a file",
        "Save the form that is attached to it and send that.",
    ),
    "packed": (
        "this is an archive of files",
        "Unpack it and send the files themselves.",
    ),
    "program": (
        "this is a program",
        "Send the form itself.",
    ),
    "sound": (
        "this is a recording",
        "Send the form itself.",
    ),
    "database": (
        "this is a database",
        "Export the rows as .xlsx or .csv and send that.",
    ),
    "data": (
        "this is a file of data for programs (JSON, XML, Parquet and the like)",
        "Export the rows as .xlsx or .csv and send that.",
    ),
    "shortcut": (
        "this is a shortcut to a file that lies elsewhere, and not the file itself",
        "Open it, download or copy the form that it leads to, and send that.",
    ),
    "companion": (
        "this is a small file that a program keeps beside the form, and not the form",
        "Send the file beside it, whose name does not begin with ~$ or a dot.",
    ),
    "old_office": (
        "this is a file of an old program (Lotus, Quattro, Works, Write, WordPerfect)",
        "Open it in LibreOffice, save it as .xlsx or .docx and send it again.",
    ),
    "interchange": (
        "this is a file for exchange between old programs (SYLK or DIF)",
        "Open it in the program that made it, save it as .xlsx and send it again.",
    ),
    "rights": (
        "its reading is restricted to certain persons (rights management)",
        "Take the restriction off and send it again.",
    ),
    "sealed": (
        "it is signed or encrypted with a certificate",
        "Send the form itself, without the signature or the encryption around it.",
    ),
    "plain_text": (
        "this is a text without the columns of the form, and no workbook or document",
        "Send the form as a workbook (.xlsx, .xls, .ods), a document (.docx, .odt) or "
        "a .csv file.",
    ),
    "web_frames": (
        "this is the first of several web pages; the table stands in another one",
        "Open it in Excel, save it as .xlsx and send it again.",
    ),
    "embedded": (
        "its text lies in another document inside it that only Word can show",
        "Open it in Word, save it again as .docx and send it again.",
    ),
    "embedded_sheet": (
        "a sheet of a workbook lies inside it and is shown as a picture",
        "Copy the rows of that sheet into the table of the document, or send the "
        "workbook itself.",
    ),
    "embedded_rich_text": (
        "its text lies in a rich text document (.rtf) inside it that only Word can "
        "show",
        "Open it in Word, save it again as .docx and send it again.",
    ),
    "nested": (
        "its tables lie inside one another more than {limit} deep, the limit for one "
        "file",
        "Copy the rows into the form and send it again.",
    ),
    "mojibake": (
        "its letters were garbled when it was saved in another encoding",
        "Export it again as .xlsx, or as .csv in UTF-8.",
    ),
    "letters_lost": (
        "question marks stand where its letters were",
        "Export it again as .xlsx, or as .csv in UTF-8.",
    ),
    "reversed": (
        "the letters of its words stand in reverse order, as copied from a PDF",
        "Send the workbook or document that the PDF was printed from.",
    ),
    "one_column": (
        "all columns stand in the first one",
        "Open the file that it was made from, save it as .xlsx and send that.",
    ),
    "odd_separator": (
        "its columns are parted by a mark that lists do not use",
        "Export it again as .xlsx, or as .csv with semicolons between the columns.",
    ),
    "too_large": (
        "the file unpacks to more than {limit} MB, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_many_cells": (
        "its tables have more than {limit} cells, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_many_rows": (
        "it has more than {limit} lines, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_wide": (
        "a table has more than {limit} columns, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_many_sheets": (
        "it has more than {limit} sheets, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_much_text": (
        "its cells hold more than {limit} letters, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_many_parts": (
        "the file has more than {limit} parts, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_long": (
        "reading it took longer than {limit} seconds, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_much_memory": (
        "reading it took more than {limit} MB of memory, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_big_a_file": (
        "the file is larger than {limit} MB, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "too_many_findings": (
        "what there is to say of it is longer than {limit} MB, the limit for one file",
        "Copy the rows into a new form and send it again.",
    ),
    "broke_off": (
        "the program that reads it broke off",
        "Open it in the program that made it, save it again and send it again.",
    ),
    "fault": (
        "a fault of Qadaya itself ({where})",
        "Keep the file and report this line to those who look after Qadaya; saving "
        "the file again as .xlsx may help.",
    ),
    "folder": (
        "this is a folder",
        "Name the files in it.",
    ),
    "not_a_file": (
        "this is a device or a channel and not a file",
        "Name the file that holds the form.",
    ),
    "missing": (
        "the file is not there any more",
        "Look where it went and receive it again.",
    ),
    "changing": (
        "the file was being written while it was read",
        "Wait until it is complete and receive it again.",
    ),
    "denied": (
        "the file may not be read by this user",
        "Have its permissions set, or copy it where it may be read.",
    ),
}
