# doc/ - manual pages, formats, schemas
# SPDX-License-Identifier: GPL-2.0-or-later

# Pages of programs take the installed names of the programs; those of sections 3, 5 and 7 keep theirs (notrans_).
dist_man_MANS += %D%/indexer.1 %D%/searcher.1
# This one is installed under a name of its own, as its program is.
notrans_dist_man_MANS += %D%/broadsheet.cgi.8
dist_doc_DATA += %D%/index-format.md %D%/article.schema.json %D%/search.schema.json %D%/report.schema.json %D%/error.schema.json %D%/ranking.md %D%/query-language.md %D%/words.md
dist_folders += %D%
