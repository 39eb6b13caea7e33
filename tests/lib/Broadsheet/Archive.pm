# Broadsheet::Archive - made-up archives of articles, and what an index of them holds
#
#   use Broadsheet::Archive;
#
#   my $archive = temp_dir();
#   write_article("$archive/1.txt", 1);        # as plain text, half an hour old
#   write_records("$archive/2.jsonl", 2 .. 9); # as JSON Lines
#   my $report = update($db, $archive);        # runs the indexer: what --report=json says, as a hash
#   is(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
#
# What an article says depends on its number (and edition) only.
#
# SPDX-License-Identifier: GPL-2.0-or-later
package Broadsheet::Archive;

use strict;
use warnings;

use Exporter ();
use JSON::PP ();
use Time::HiRes ();

use Broadsheet::Test;

our @ISA    = ('Exporter');
our @EXPORT = qw(
    article_text write_article write_records age
    update report_of info_of dump_of dump_of_new is_same_dump is_sound has_xapian_check leaky_compaction
);

my @words = qw(
    harbour council ferry budget election teacher river bridge strike market minister festival museum drought harvest
    railway hospital library protest verdict treaty border refugee passport factory engine satellite orchestra
);

# A few sentences, the same for the same number and edition.
sub sentences {
    my ($n, $edition, $how_many) = @_;
    my $state = ($n * 7919 + ($edition || 0) * 104_729 + 12_345) & 0x7fffffff;
    my @sentences;
    for (1 .. $how_many || 4) {
        my @picked = map { $state = ($state * 1_103_515_245 + 12_345) & 0x7fffffff; $words[ ($state >> 8) % @words ] } 1 .. 12;
        push @sentences, ucfirst join(' ', @picked, "n$n", $edition ? "e$edition" : ()) . '.';
    }
    return @sentences;
}

# The article of that number as a text file has it.
sub article_text {
    my ($n, $edition, $how_many) = @_;
    return join("\n\n", "Story $n of the " . $words[ $n % @words ], sentences($n, $edition, $how_many)) . "\n";
}

# Sets the times of files to half an hour ago, or to a number of seconds ago: settled, as most of an archive is.
sub age {
    my ($path, $seconds) = @_;
    my $when = Time::HiRes::time() - ($seconds // 1800);
    Time::HiRes::utime($when, $when, $path) or die "$path: $!";
    return $path;
}

sub write_article {
    my ($path, $n, $edition, $how_many) = @_;
    return age(spew($path, article_text($n, $edition, $how_many)));
}

# A file of JSON Lines. A record is a number, or [number, edition].
sub write_records {
    my ($path, @records) = @_;
    my $json = JSON::PP->new->canonical;
    my @lines;
    for (@records) {
        my ($n, $edition) = ref ? @$_ : ($_);
        push @lines, $json->encode({ id => "r$n", title => "Record $n", body => join "\n\n", sentences($n, $edition) });
    }
    return age(spew($path, map { "$_\n" } @lines));
}

# Runs the indexer and returns its report, with {stderr} and {exit} beside it.
sub update {
    my ($db, @arguments) = @_;
    return report_of(indexer('--db', $db, '--report=json', @arguments));
}

sub report_of {
    my ($r) = @_;
    my $report = eval { JSON::PP::decode_json($r->{stdout}) } || {};
    return { %$report, exit => $r->{status} // -$r->{signal}, stderr => $r->{stderr}, stdout => $r->{stdout} };
}

# What --info says: { revision => ..., articles => ... }
sub info_of {
    my ($db) = @_;
    my $r = indexer('--db', $db, '--info');
    return { $r->{stdout} =~ /^(\w+):\s+(.*)$/mg };
}

# All articles of an index, one JSON a line, in the order of their uids.
sub dump_of {
    my ($db) = @_;
    my $r = indexer({ timeout => 120 }, '--db', $db, '--dump');
    return $r->{status} ? "status $r->{status}: $r->{stderr}" : $r->{stdout};
}

# The same of a new index of these paths.
sub dump_of_new {
    my (@paths) = @_;
    my $db = temp_dir() . '/db';
    indexer({ timeout => 120 }, '--db', $db, '-q', @paths);
    return dump_of($db);
}

# Passes where two dumps are the same; else says how many articles each has, and the first that only one has.
sub is_same_dump {
    my ($got, $expected, $title) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $ok = Test::More::ok($got eq $expected, $title);
    return $ok if $ok;
    my %lines = (got => [ split /\n/, $got ], expected => [ split /\n/, $expected ]);
    for (qw(got expected)) {
        my %other = map { $_ => 1 } @{ $lines{ $_ eq 'got' ? 'expected' : 'got' } };
        my @only = grep { !$other{$_} } @{ $lines{$_} };
        Test::More::diag(sprintf '%s: %d articles, %d of them only here%s', $_, scalar @{ $lines{$_} }, scalar @only,
            @only ? ': ' . substr $only[0], 0, 200 : '');
    }
    return $ok;
}

# Is the index sound, to --check and, unless QUICK, to xapian-check where that is installed? Returns what is wrong, or ''.
my $xapian_check;

sub is_sound {
    my ($db, $quick) = @_;
    my $r = indexer({ timeout => 120 }, '--db', $db, '--check');
    my $wrong = $r->{status} == 0 ? '' : "--check: status $r->{status}\n$r->{stdout}$r->{stderr}";
    $xapian_check //= (grep { -x "$_/xapian-check" } split /:/, $ENV{PATH})[0] // '';
    if (!$quick && length $xapian_check && -e "$db/XAPIANDB") {
        $r = run("$xapian_check/xapian-check", "$db/XAPIANDB");
        $wrong .= "xapian-check:\n$r->{stdout}$r->{stderr}" if $r->{status} != 0;
    }
    return $wrong;
}

# Environment of a compaction that fails: Xapian leaks what it was writing with, which LeakSanitizer is not to report.
my $suppressions;

sub leaky_compaction {
    $suppressions //= spew(temp_dir() . '/suppressions', "leak:libxapian\n");
    return (LSAN_OPTIONS => "suppressions=$suppressions:print_suppressions=0");
}

sub has_xapian_check { return !!grep { -x "$_/xapian-check" } split /:/, $ENV{PATH} }

1;
