# searcher/ - request -> query/ -> plan/ -> search -> present/
# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LTLIBRARIES += %D%/libsearcher.la
%C%_libsearcher_la_SOURCES = \
	%D%/also.c %D%/also.h \
	%D%/explain.c %D%/explain.h \
	%D%/highlight.c %D%/highlight.h \
	%D%/holdings.c %D%/holdings.h \
	%D%/options.c %D%/options.h \
	%D%/plan/beginning.c \
	%D%/plan/characters.c \
	%D%/plan/compose.c \
	%D%/plan/compound.c \
	%D%/plan/cost.c %D%/plan/cost.h \
	%D%/plan/cut.c \
	%D%/plan/filter.c \
	%D%/plan/forms.c \
	%D%/plan/group.c \
	%D%/plan/like.c %D%/plan/like.h \
	%D%/plan/matcher.c %D%/plan/matcher.h \
	%D%/plan/near.c \
	%D%/plan/pattern.c \
	%D%/plan/plan.c %D%/plan/plan.h \
	%D%/plan/named.c %D%/plan/named.h \
	%D%/plan/named-words.c \
	%D%/plan/names.c %D%/plan/names.h \
	%D%/plan/pinyin.c \
	%D%/plan/planner.h \
	%D%/plan/similar.c \
	%D%/plan/stems.c \
	%D%/plan/stopwords.c %D%/plan/stopwords.h \
	%D%/plan/suggest.c %D%/plan/suggest.h \
	%D%/plan/tongue.c \
	%D%/plan/vocabulary.c %D%/plan/vocabulary.h \
	%D%/plan/word.c \
	%D%/positions/find.c \
	%D%/positions/near.c %D%/positions/near.h \
	%D%/positions/places.c %D%/positions/places.h \
	%D%/positions/sloppy.c \
	%D%/positions/source.c \
	%D%/positions/spans.c %D%/positions/spans.h \
	%D%/positions/tree.h \
	%D%/passages.c %D%/passages.h \
	%D%/present/fields.c %D%/present/fields.h \
	%D%/present/json.c \
	%D%/present/present.h \
	%D%/present/table.c \
	%D%/present/text.c \
	%D%/present/trec.c \
	%D%/query/field.c %D%/query/field.h \
	%D%/query/leaf.c \
	%D%/query/lex.c %D%/query/lex.h \
	%D%/query/marks.c %D%/query/marks.h \
	%D%/query/moment.c %D%/query/moment.h \
	%D%/query/near.c \
	%D%/query/note.c %D%/query/note.h \
	%D%/query/operator.c %D%/query/operator.h \
	%D%/query/print.c \
	%D%/query/read.c %D%/query/read.h \
	%D%/query/reader.h \
	%D%/query/suffix.c %D%/query/suffix.h \
	%D%/query/tree.c %D%/query/tree.h \
	%D%/rank/bm25.h \
	%D%/rank/bonus.c %D%/rank/bonus.h \
	%D%/rank/dates.c %D%/rank/dates.h \
	%D%/rank/enquire.c %D%/rank/enquire.h \
	%D%/rank/feedback.c %D%/rank/feedback.h \
	%D%/rank/recent.c %D%/rank/recent.h \
	%D%/rank/refine.c %D%/rank/refine.h \
	%D%/request.h \
	%D%/search.c %D%/search.h \
	%D%/session.c %D%/session.h \
	%D%/snippet.c %D%/snippet.h \
	%D%/tokens.c %D%/tokens.h

bin_PROGRAMS += %D%/searcher
%C%_searcher_SOURCES = %D%/main.c
%C%_searcher_LDADD = %D%/libsearcher.la $(base_libs)
# Binding all functions at the start is a sixth of a short search. The page on the web, which strangers feed, does it.
%C%_searcher_LDFLAGS = $(AM_LDFLAGS) $(LAZY_LDFLAGS) $(PIE_LDFLAGS)

# The search page: a program of its own, and a library that the fuzzer and the tests link too. It is installed under a name of its
# own, where web servers are told to look for it.
noinst_LTLIBRARIES += %D%/libcgi.la
%C%_libcgi_la_SOURCES = \
	%D%/cgi/answer.c %D%/cgi/answer.h \
	%D%/cgi/ask.c %D%/cgi/ask.h \
	%D%/cgi/body.c %D%/cgi/body.h \
	%D%/cgi/html.c %D%/cgi/html.h \
	%D%/cgi/page.c %D%/cgi/page.h \
	%D%/cgi/params.c %D%/cgi/params.h \
	%D%/cgi/parts.c %D%/cgi/parts.h \
	%D%/cgi/serve.c %D%/cgi/serve.h \
	%D%/cgi/site.c %D%/cgi/site.h \
	%D%/cgi/style.c %D%/cgi/style.h \
	%D%/cgi/tongue.c %D%/cgi/tongue.h

noinst_PROGRAMS += %D%/search.cgi
%C%_search_cgi_SOURCES = %D%/cgi/main.c
%C%_search_cgi_LDADD = %D%/libcgi.la %D%/libsearcher.la $(base_libs)
%C%_search_cgi_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)

install-exec-local: %D%/search.cgi
	$(MKDIR_P) '$(DESTDIR)$(libexecdir)'
	$(INSTALL_PROGRAM) %D%/search.cgi '$(DESTDIR)$(libexecdir)/broadsheet.cgi'

uninstall-local:
	rm -f '$(DESTDIR)$(libexecdir)/broadsheet.cgi'
