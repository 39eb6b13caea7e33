# common/ - what both programs must agree on
# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LTLIBRARIES += %D%/libcommon.la
%C%_libcommon_la_SOURCES = \
	%D%/article.c %D%/article.h \
	%D%/article-json.c \
	%D%/article-read.c \
	%D%/buf.c %D%/buf.h \
	%D%/conf.c %D%/conf.h \
	%D%/date.c %D%/date.h \
	%D%/date-names.c %D%/date-names.h \
	%D%/date-scan.c %D%/date-scan.h \
	%D%/err.c %D%/err.h \
	%D%/err-icu.h \
	%D%/err-xapian.c %D%/err-xapian.h \
	%D%/exonym.c %D%/exonym.h \
	%D%/exonym-table.c %D%/exonym-table.h \
	%D%/fold.c %D%/fold.h \
	%D%/language.c %D%/language.h %D%/language-words.c %D%/language-words.h \
	%D%/layout.c %D%/layout.h \
	%D%/names.c %D%/names.h \
	%D%/paragraphs.c %D%/paragraphs.h \
	%D%/pinyin.c %D%/pinyin.h \
	%D%/schema.c %D%/schema.h \
	%D%/settings.c %D%/settings.h \
	%D%/simplified.c %D%/simplified.h \
	%D%/sound.c %D%/sound.h \
	%D%/sound-letters.c \
	%D%/standard.c %D%/standard.h \
	%D%/utf8.c %D%/utf8.h \
	%D%/words.c %D%/words.h %D%/words-state.h \
	%D%/words-forms.c %D%/words-kinds.c %D%/words-sentences.c %D%/words-tokens.c
