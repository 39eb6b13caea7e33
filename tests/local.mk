# tests/ - everything speaks TAP, and ends in .t
# SPDX-License-Identifier: GPL-2.0-or-later
#
# To add a test:
#   tests/unit/NAME.c        a line in unit_tests (cmocka; it links whatever the programs are made of)
#   tests/fuzz/fuzz-NAME.c   a line in fuzz_tests, and seeds in tests/fuzz/seeds/NAME/
#   tests/e2e/NAME.t         nothing: scripts are found by their name
#   tests/source/NAME.t      the same

unit_tests = \
	%D%/unit/article.t \
	%D%/unit/buf.t \
	%D%/unit/bulk.t \
	%D%/unit/cgi.t \
	%D%/unit/conf.t \
	%D%/unit/date.t \
	%D%/unit/document.t \
	%D%/unit/entities.t \
	%D%/unit/err.t \
	%D%/unit/fold.t \
	%D%/unit/input.t \
	%D%/unit/json-reader.t \
	%D%/unit/language.t \
	%D%/unit/layout.t \
	%D%/unit/order.t \
	%D%/unit/paragraphs.t \
	%D%/unit/query-read.t \
	%D%/unit/matcher.t \
	%D%/unit/plan.t \
	%D%/unit/positions.t \
	%D%/unit/present.t \
	%D%/unit/scan.t \
	%D%/unit/schema.t \
	%D%/unit/shim-alloc.t \
	%D%/unit/shim-database.t \
	%D%/unit/shim-decide.t \
	%D%/unit/shim-describe.t \
	%D%/unit/shim-document.t \
	%D%/unit/shim-errors.t \
	%D%/unit/shim-geo.t \
	%D%/unit/shim-lifetime.t \
	%D%/unit/shim-maintain.t \
	%D%/unit/shim-mapping.t \
	%D%/unit/shim-null.t \
	%D%/unit/shim-parse.t \
	%D%/unit/shim-registry.t \
	%D%/unit/shim-remote.t \
	%D%/unit/shim-search.t \
	%D%/unit/shim-sort.t \
	%D%/unit/shim-source.t \
	%D%/unit/shim-spy.t \
	%D%/unit/shim-text.t \
	%D%/unit/shim-unicode.t \
	%D%/unit/shim-weight.t \
	%D%/unit/snippet.t \
	%D%/unit/sound.t \
	%D%/unit/stopwords.t \
	%D%/unit/text.t \
	%D%/unit/utf8.t \
	%D%/unit/words.t
%C%_unit_shim_mapping_t_SOURCES = %D%/unit/shim-mapping.cc
%C%_unit_shim_alloc_t_LDADD = %D%/lib/liballoc-sweep.la $(LDADD)
%C%_unit_plan_t_LDADD = %D%/lib/liballoc-sweep.la $(LDADD)

fuzz_tests = \
	%D%/fuzz/fuzz-cgi.t \
	%D%/fuzz/fuzz-conf.t \
	%D%/fuzz/fuzz-date.t \
	%D%/fuzz/fuzz-json.t \
	%D%/fuzz/fuzz-query.t \
	%D%/fuzz/fuzz-snippet.t \
	%D%/fuzz/fuzz-text.t \
	%D%/fuzz/fuzz-words.t

# One that needs more than NAME.c says so, as in:
#   tests_unit_NAME_t_SOURCES = %D%/unit/NAME.cc
#   tests_unit_NAME_t_LDADD = %D%/lib/liballoc-sweep.la $(LDADD)

# $(e2e_tests) and $(source_tests), the scripts that are there, come from configure.ac.

# What several tests share; only what a test calls is linked into it.
check_LTLIBRARIES += %D%/lib/libtest.la %D%/lib/liballoc-sweep.la
%C%_lib_libtest_la_SOURCES = %D%/fuzz/replay.c
if HAVE_CMOCKA
%C%_lib_libtest_la_SOURCES += %D%/unit/shim-common.c %D%/unit/shim-common.h
endif
%C%_lib_liballoc_sweep_la_SOURCES = %D%/lib/alloc-sweep.cc %D%/lib/alloc-sweep.h
LDADD = %D%/lib/libtest.la $(FUZZ_ENGINE) indexer/libindexer.la searcher/libcgi.la searcher/libsearcher.la $(base_libs) \
	$(ARCHIVE_LIBS) $(DEFLATE_LIBS) $(XML_LIBS) $(CMOCKA_LIBS)

compiled_tests = $(fuzz_tests)
check_PROGRAMS += $(fuzz_tests)
if HAVE_CMOCKA
AM_CPPFLAGS += $(CMOCKA_CFLAGS)
check_PROGRAMS += $(unit_tests)
compiled_tests += $(unit_tests)
else
TESTS += %D%/unit/no-cmocka.t
endif

TESTS += $(compiled_tests)
if HAVE_PERL
TESTS += $(e2e_tests) $(source_tests)
else
TESTS += %D%/unit/no-perl.t
endif

TEST_EXTENSIONS = .t
T_LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
T_LOG_COMPILER = $(SHELL) $(top_srcdir)/build-aux/run-test
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	PERL='$(PERL)'; export PERL; \
	CC='$(CC)'; export CC; \
	CXX='$(CXX)'; export CXX; \
	MAKE='$(MAKE)'; export MAKE; \
	TEST_CPPFLAGS='$(DEFS) -I$(abs_top_builddir) -I$(abs_top_srcdir) $(XAPIAN_CFLAGS) $(ICU_CFLAGS) $(JANSSON_CFLAGS) $(XXHASH_CFLAGS) $(ARCHIVE_CFLAGS) $(DEFLATE_CFLAGS) $(XML_CFLAGS) $(TEXTCAT_CFLAGS) $(CMOCKA_CFLAGS)'; \
	export TEST_CPPFLAGS;

EXTRA_DIST += $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/%D%/fuzz/*.dict))
EXTRA_DIST += $(e2e_tests) $(source_tests) %D%/unit/no-cmocka.t %D%/unit/no-perl.t %D%/valgrind.supp %D%/source/coverage.list %D%/lib/fault.c
dist_noinst_SCRIPTS += %D%/fresh/run
dist_folders += %D%/lib/Broadsheet %D%/golden %D%/fuzz/seeds %D%/fixtures
