# indexer/ - scan -> read/ -> enrich -> store/
# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LTLIBRARIES += %D%/libindexer.la
%C%_libindexer_la_SOURCES = \
	%D%/copies.c %D%/copies.h \
	%D%/enrich.c %D%/enrich.h \
	%D%/gone.c %D%/gone.h \
	%D%/info.c %D%/info.h \
	%D%/inspect.c %D%/inspect.h \
	%D%/jobs.c %D%/jobs.h \
	%D%/options.c %D%/options.h \
	%D%/order.c %D%/order.h \
	%D%/queue.c %D%/queue.h \
	%D%/read/charset.c %D%/read/charset.h \
	%D%/read/decode.c %D%/read/decode.h \
	%D%/read/entities.c %D%/read/entities.h \
	%D%/read/input.c %D%/read/input.h \
	%D%/read/json.c %D%/read/json.h \
	%D%/read/read.c %D%/read/read.h \
	%D%/read/text.c %D%/read/text.h \
	%D%/read/text-caption.c \
	%D%/read/text-date.c \
	%D%/read/text-head.c \
	%D%/read/text-label.c \
	%D%/read/text-layout.c %D%/read/text-layout.h \
	%D%/read/text-mark.c %D%/read/text-mark.h \
	%D%/read/text-name.c \
	%D%/read/text-place.c \
	%D%/read/text-reader.c %D%/read/text-reader.h \
	%D%/read/text-span.c %D%/read/text-span.h \
	%D%/read/text-tail.c \
	%D%/read/text-thanks.c \
	%D%/report.c %D%/report.h \
	%D%/run.c %D%/run.h \
	%D%/scan.c %D%/scan.h \
	%D%/store/bulk/bulk.c %D%/store/bulk/bulk.h \
	%D%/store/bulk/chunks.c %D%/store/bulk/chunks.h \
	%D%/store/bulk/code.h \
	%D%/store/bulk/dictionary.c %D%/store/bulk/dictionary.h \
	%D%/store/bulk/facts.c %D%/store/bulk/facts.h \
	%D%/store/bulk/merge.c %D%/store/bulk/merge.h \
	%D%/store/bulk/pack.c %D%/store/bulk/pack.h \
	%D%/store/bulk/positions.c %D%/store/bulk/positions.h \
	%D%/store/bulk/source.c %D%/store/bulk/source.h \
	%D%/store/bulk/table.c %D%/store/bulk/table.h \
	%D%/store/bulk/uids.c %D%/store/bulk/uids.h \
	%D%/store/bulk/version.c %D%/store/bulk/version.h \
	%D%/store/document.c %D%/store/document.h \
	%D%/store/generations.c %D%/store/generations.h \
	%D%/store/known.c %D%/store/known.h \
	%D%/store/namebook.c %D%/store/namebook.h \
	%D%/store/removal.c %D%/store/removal.h \
	%D%/store/lock.c %D%/store/lock.h \
	%D%/store/state.c %D%/store/state.h \
	%D%/store/store.c %D%/store/store.h \
	%D%/store/terms.c %D%/store/terms.h \
	%D%/update.c %D%/update.h \
	%D%/walker.c %D%/walker.h \
	%D%/worker.c %D%/worker.h

bin_PROGRAMS += %D%/indexer
%C%_indexer_SOURCES = %D%/main.c
%C%_indexer_LDADD = %D%/libindexer.la $(base_libs) $(ARCHIVE_LIBS) $(DEFLATE_LIBS) $(XML_LIBS)
%C%_indexer_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)
