# shim/ - how the C bindings of Xapian are built and installed
#
# Included by the Makefile.am at the top, which has set noinst_LTLIBRARIES,
# lib_LTLIBRARIES, include_HEADERS and EXTRA_DIST, perhaps to nothing. configure
# sets XAPIAN_CFLAGS and XAPIAN_LIBS and makes xapian-c.pc (AC_CONFIG_FILES).
#
# Compiled once, linked twice: programs of this tree take the convenience
# library and are real executables, others the shared library. Both need
#	PROGRAM_LDADD = shim/libxapianc.la $(XAPIAN_LIBS)
#	nodist_EXTRA_PROGRAM_SOURCES = some-dummy.cxx
# the second so that a C program is linked by the C++ compiler; the dummy never
# exists, and its name must be another one than below.
#
# SPDX-License-Identifier: GPL-2.0-or-later

noinst_LTLIBRARIES += %D%/libxapianc.la
%C%_libxapianc_la_CPPFLAGS = $(AM_CPPFLAGS) $(XAPIAN_CFLAGS)
%C%_libxapianc_la_CXXFLAGS = $(AM_CXXFLAGS) -std=c++17 -fvisibility=hidden
%C%_libxapianc_la_SOURCES = \
	%D%/bytes.cc \
	%D%/callback.cc \
	%D%/callback.h \
	%D%/database.cc \
	%D%/decide.cc \
	%D%/document.cc \
	%D%/enquire.cc \
	%D%/error.cc \
	%D%/expand.cc \
	%D%/field.cc \
	%D%/geo-search.cc \
	%D%/geo.cc \
	%D%/guard.h \
	%D%/handle.h \
	%D%/iterator.cc \
	%D%/maintain.cc \
	%D%/matchspy.cc \
	%D%/mset.cc \
	%D%/query.cc \
	%D%/queryparser.cc \
	%D%/range.cc \
	%D%/registry.cc \
	%D%/remote.cc \
	%D%/sort.cc \
	%D%/source-own.cc \
	%D%/source.cc \
	%D%/stem.cc \
	%D%/stopper.cc \
	%D%/termgenerator.cc \
	%D%/unicode.cc \
	%D%/version.cc \
	%D%/weight-own.cc \
	%D%/weight.cc \
	%D%/writable.cc

lib_LTLIBRARIES += %D%/libxapian-c.la
%C%_libxapian_c_la_SOURCES =
nodist_EXTRA_%C%_libxapian_c_la_SOURCES = %D%/link-as-cxx.cxx
%C%_libxapian_c_la_LIBADD = %D%/libxapianc.la $(XAPIAN_LIBS)
%C%_libxapian_c_la_LDFLAGS = -version-info 0:0:0 -no-undefined \
	-Wl,--version-script=$(srcdir)/%D%/xapian-c.map
EXTRA_%C%_libxapian_c_la_DEPENDENCIES = %D%/xapian-c.map

include_HEADERS += \
	%D%/xapian-c-all.h \
	%D%/xapian-c-decide.h \
	%D%/xapian-c-geo.h \
	%D%/xapian-c-parse.h \
	%D%/xapian-c-registry.h \
	%D%/xapian-c-remote.h \
	%D%/xapian-c-sort.h \
	%D%/xapian-c-source.h \
	%D%/xapian-c-spy.h \
	%D%/xapian-c-text.h \
	%D%/xapian-c-unicode.h \
	%D%/xapian-c-weight.h \
	%D%/xapian-c-write.h \
	%D%/xapian-c.h

xapian_c_pcdir = $(libdir)/pkgconfig
xapian_c_pc_DATA = %D%/xapian-c.pc

EXTRA_DIST += %D%/README.md %D%/xapian-c.map
dist_noinst_SCRIPTS += %D%/reference
# Every function, made by %D%/reference from the headers.
dist_doc_DATA += %D%/libxapian-c.md
