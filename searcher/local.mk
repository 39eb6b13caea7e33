# searcher/ - request -> query/ -> search -> present/
# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LTLIBRARIES += %D%/libsearcher.la
%C%_libsearcher_la_SOURCES = \
	%D%/also.c %D%/also.h \
	%D%/options.c %D%/options.h \
	%D%/present/fields.c %D%/present/fields.h \
	%D%/present/json.c \
	%D%/present/present.h \
	%D%/present/table.c \
	%D%/present/text.c \
	%D%/present/trec.c \
	%D%/query/field.c %D%/query/field.h \
	%D%/query/lex.c %D%/query/lex.h \
	%D%/query/marks.c %D%/query/marks.h \
	%D%/query/matcher.c %D%/query/matcher.h \
	%D%/query/note.c %D%/query/note.h \
	%D%/query/plan.c %D%/query/plan.h \
	%D%/query/read.c %D%/query/read.h \
	%D%/query/stopwords.c %D%/query/stopwords.h \
	%D%/query/tree.c %D%/query/tree.h \
	%D%/request.h \
	%D%/search.c %D%/search.h \
	%D%/snippet.c %D%/snippet.h

bin_PROGRAMS += %D%/searcher
%C%_searcher_SOURCES = %D%/main.c
%C%_searcher_LDADD = %D%/libsearcher.la $(base_libs)
%C%_searcher_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)
