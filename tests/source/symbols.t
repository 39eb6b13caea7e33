#!/usr/bin/perl
# symbols.t - libxapian-c.so exports the functions of its headers, no fewer and no more
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Source;

my $library = top_builddir() . '/shim/.libs/libxapian-c.so';
skip_without(-e $library, 'this build makes no shared libraries');

my $nm = run('nm', '-D', '--defined-only', $library);
runs_ok($nm, 'nm reads the library');
my %exported = map { (split)[2] =~ s/@.*//r => (split)[1] } grep { !/ A / } split /\n/, $nm->{stdout};

my @cc  = split ' ', $ENV{CC} || 'cc';
my $cpp = run(@cc, '-E', '-P', '-I' . top_srcdir(), top_srcdir() . '/shim/xapian-c-all.h');
runs_ok($cpp, 'the headers are read');
my $text = $cpp->{stdout};
1 while $text =~ s/\{[^{}]*\}/;/g;
my %declared = map { $_ => 1 } $text =~ /^(?!\s*(?:typedef|static))[^;(]*?\b(xap_\w+)\s*\(/mg;
# Declarations that go over several lines begin at the end of the one before.
$declared{$_} = 1 for map { /\b(xap_\w+)\s*\(/ ? $1 : () } grep { !/\btypedef\b|\bstatic\b/ } split /;/, $text;

cmp_ok(scalar keys %declared, '>', 50, 'declarations are found');
none_ok([ grep { !$exported{$_} } sort keys %declared ], 'each function declared is exported');
none_ok([ grep { !$declared{$_} } sort keys %exported ], 'nothing else is exported');
none_ok([ grep { $exported{$_} ne 'T' } sort keys %exported ], 'functions are all there is');

done_testing();
