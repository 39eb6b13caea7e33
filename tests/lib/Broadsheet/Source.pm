# Broadsheet::Source - the project's own files, for the tests that read the source
#
# SPDX-License-Identifier: GPL-2.0-or-later
package Broadsheet::Source;

use strict;
use warnings;

use Exporter 'import';
use File::Find ();

use Broadsheet::Test qw(top_srcdir slurp);

our @EXPORT = qw(source_files c_files code includes none_ok);

my @folders = qw(shim common indexer searcher corpus tests bench examples doc contrib m4 build-aux .ci);
my @top = qw(configure.ac Makefile.am README.md HACKING.md NEWS quickstart run-tests
    .clang-format .clang-tidy .editorconfig .gitignore);

# What autoreconf puts beside our own files.
my %generated = map { $_ => 1 }
    qw(build-aux/ar-lib build-aux/compile build-aux/config.guess build-aux/config.sub build-aux/depcomp
    build-aux/install-sh build-aux/ltmain.sh build-aux/missing build-aux/tap-driver.sh build-aux/test-driver
    m4/libtool.m4 m4/ltoptions.m4 m4/ltsugar.m4 m4/ltversion.m4 m4/lt~obsolete.m4 shim/xapian-c.pc
    contrib/lighttpd/broadsheet-lighttpd.conf contrib/apache/broadsheet-apache.conf contrib/nginx/broadsheet-nginx.conf);

# Sorted paths, from the top, of all files of ours: what a build leaves in the same folders is left out.
sub source_files {
    my ($matching) = @_;
    my $top   = top_srcdir();
    my @files = grep { -f "$top/$_" } @top;
    for my $folder (grep { -d "$top/$_" } @folders) {
        File::Find::find({ no_chdir => 1, wanted => sub {
            if (-d $_ && m{/(?:\.deps|\.libs)$}) {
                $File::Find::prune = 1;
                return;
            }
            return if !-f $_ || -l $_ || /(?:\.(?:o|lo|la|log|trs|gcda|gcno)|~|\.swp|\.dirstamp)$/;
            my $path = substr $_, 1 + length $top;
            return if $generated{$path};
            push @files, $path if $path !~ /\.t$/ || slurp($_) !~ /^\x7fELF/;
        } }, "$top/$folder");
    }
    @files = grep { $_ !~ m{^(?:indexer/indexer|searcher/searcher|searcher/search\.cgi)$} } @files;
    @files = grep { /$matching/ } @files if $matching;
    return sort @files;
}

# Those written in C and C++.
sub c_files { return source_files(qr/\.(?:c|h|cc|cxx|cpp|hh|hpp)$/) }

# A file's code, with comments gone and the insides of strings too; lines keep their numbers.
sub code {
    my ($path) = @_;
    my $text = slurp(top_srcdir() . "/$path");
    $text =~ s{
        ( /\* .*? \*/ | //[^\n]* )          # a comment
      | ( "(?:[^"\\\n]|\\.)*" )             # a string
      | ( '(?:[^'\\\n]|\\.)+' )             # a character
    }{
        my ($all, $string, $char) = ($&, $2, $3);
        my $lines = $all =~ tr/\n//;
        defined $string ? '""' : defined $char ? "' '" : ' ' . "\n" x $lines;
    }gsex;
    return $text;
}

# [LINE, NAME, 1 if in angle brackets] of each #include.
sub includes {
    my ($path) = @_;
    my @found;
    my $number = 0;
    for my $line (split /\n/, slurp(top_srcdir() . "/$path")) {
        $number++;
        push @found, [ $number, $2, $1 eq '<' ] if $line =~ /^\s*#\s*include\s*([<"])([^>"]+)/;
    }
    return @found;
}

# none_ok(\@FOUND, TITLE) passes where nothing was found; else it shows all of it.
sub none_ok {
    my ($found, $title) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $ok = Test::More::ok(!@$found, $title);
    Test::More::diag(join "\n", map { "  $_" } @$found) if !$ok;
    return $ok;
}

1;
