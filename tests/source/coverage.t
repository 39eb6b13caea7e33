#!/usr/bin/perl
# coverage.t - all that the installed headers of Xapian declare is bound, or is waived with a reason
#
# A name follows from that of C++: Xapian::Database::get_doccount is xap_database_get_doccount, a constructor ..._new, operator()
# ..._apply. What is overloaded, or called otherwise, stands in coverage.list, as does what is not bound, with the reason.
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Source;
use Broadsheet::Xapian;

use List::Util ();

skip_without((grep { -x "$_/clang++" } split /:/, $ENV{PATH}), 'clang is not installed');

my @flags = grep { /^-[ID]/ && !/"/ } split ' ', $ENV{TEST_CPPFLAGS} || '';
my @api = xapian_api(@flags);

# What the headers of the bindings declare: functions, constants, and members of structs as "struct.member".
my %declared;
for my $header (grep { m{^shim/xapian-c.*\.h$} } c_files()) {
    my $code = code($header);
    while ($code =~ /\bstruct (xap_\w+) \{(.*?)\n\};/gs) {
        my ($struct, $body) = ($1, $2);
        $declared{"$struct.$_"} = 1 for $body =~ /\(\*(\w+)\)/g, $body =~ /(\w+)(?:\[\w+\])?;/g;
    }
    $declared{$_} = 1 for $code =~ /\b(xap_\w+)\s*\(/g, $code =~ /\b(XAP_\w+)\b/g;
}

my (%bound, %waived, @list, %entry);
{
    my $number = 0;
    for my $line (split /\n/, slurp(top_srcdir() . '/tests/source/coverage.list')) {
        $number++;
        next if $line =~ /^\s*(?:#|$)/;
        my ($signature, $sign, $what) = $line =~ /^(\S.*?) ([=!]) (\S.*)$/ or die "coverage.list:$number: $line";
        push @list, { line => $number, signature => $signature, $sign eq '=' ? (names => [ split ' ', $what ]) : (reason => $what) };
        die "coverage.list:$number: $signature twice" if $entry{$signature};
        $entry{$signature} = $list[-1];
    }
}

sub snake {
    my ($name) = @_;
    $name =~ s/^([EMR]S)et/ucfirst(lc $1) . 'et'/e;
    $name =~ s/([a-z0-9])([A-Z])/$1_$2/g;
    return lc $name;
}

sub name_of {
    my ($one) = @_;
    my @path = split /::/, $one->{class};
    shift @path;
    my $place = join '', map { snake($_) . '_' } @path;
    return 'XAP_' . uc($place) . $one->{name} if $one->{kind} eq 'constant';
    my %called = ('operator()' => 'apply', 'operator*' => 'get', 'operator[]' => 'get', 'operator++' => 'next');
    return "xap_$place" . ($one->{kind} eq 'constructor' ? 'new' : $called{ $one->{name} } // $one->{name});
}

my (%overloads, %left_out, %count, %used, @neither, @undeclared, @needless);
for my $one (@api) {
    next if $one->{left_out};
    $overloads{"$one->{class}::$one->{name}"}++;
}
my @kinds = qw(method constructor function constant);
for my $one (@api) {
    if ($one->{left_out}) {
        $left_out{ $one->{left_out} }++;
        next;
    }
    $count{total}{ $one->{kind} }++;
    my $entry = $entry{ $one->{signature} };
    if ($entry) {
        $entry->{used} = 1;
        if ($entry->{reason}) {
            $count{waived}{ $one->{kind} }++;
            $waived{ $entry->{reason} }++;
            next;
        }
        push @undeclared, "$one->{signature}: $_" for grep { !$declared{$_} } @{ $entry->{names} };
    }
    else {
        my $name = name_of($one);
        if (!$declared{$name} || $overloads{"$one->{class}::$one->{name}"} > 1) {
            push @neither, "$one->{signature}" . ($declared{$name} ? " (one of several: $name?)" : " (no $name)");
            next;
        }
    }
    $count{bound}{ $one->{kind} }++;
}

cmp_ok(scalar @api, '>', 900, 'the headers are understood');
cmp_ok($count{total}{method}, '>', 300, 'they have methods');
none_ok(\@neither,    'everything is bound, or waived with a reason');
none_ok(\@undeclared, 'what coverage.list names is declared');
none_ok([ map { "line $_->{line}: $_->{signature}" } grep { !$_->{used} } @list ], 'coverage.list has nothing that is not in Xapian');

diag(sprintf '%-14s %7s %7s %7s', '', qw(bound waived total));
for my $kind (@kinds, 'all') {
    my @n = map { my $c = $count{$_}; $kind ne 'all' ? $c->{$kind} // 0 : List::Util::sum0(values %{ $c || {} }) } qw(bound waived total);
    diag(sprintf '%-14s %7d %7d %7d', $kind eq 'all' ? 'all' : "${kind}s", @n);
}
diag('waived:');
diag(sprintf '%7d %s', $waived{$_}, $_) for sort { $waived{$b} <=> $waived{$a} || $a cmp $b } keys %waived;
diag('not counted:');
diag(sprintf '%7d %s', $left_out{$_}, $_) for sort { $left_out{$b} <=> $left_out{$a} } keys %left_out;

done_testing();
