#!/usr/bin/perl
# damage.t - an index with a damaged byte: an error that names it, whatever the byte is
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

if (under_valgrind() || under_sanitizers()) {
    print "1..0 # SKIP Xapian reads beside damaged blocks, which is what is tried here\n";
    exit 0;
}

my $archive = temp_dir();
write_article("$archive/1.txt", 1);
my $db = temp_dir() . '/db';
runs_ok(indexer('--db', $db, '-q', $archive), 'an index of one article');

my $step = 5;

# Calls $try->($place, $result) for the program's result with one byte written over, each in turn: those so far from the
# end of the table.
sub damage_each {
    my ($table, $first, $last, $byte, $arguments, $try) = @_;
    my $path  = generation($db) . "/$table.glass";
    my $bytes = slurp($path);
    for (my $back = $first; $back <= $last; $back += $step) {
        my $damaged = $bytes;
        substr $damaged, -$back, 1, $byte;
        spew($path, $damaged);
        $try->("$table -$back", indexer('--db', $db, @$arguments));
    }
    spew($path, $bytes);
    return;
}

# Xapian's own check trusts some of what it reads, and crashes.
subtest '--check' => sub {
    my (@wrong, %seen);
    damage_each('termlist', 1, 250, "\xff", ['--check'], sub {
        my ($place, $r) = @_;
        my $status = $r->{status} // "signal $r->{signal}";
        $seen{$status}++;
        push @wrong, "$place: $status $r->{stderr}"
            if $status !~ /^(?:0|74)$/ || $status && $r->{stderr} !~ /^\S+: (?:.*\Q$db\E.*|\d+ faults found)$/m;
    });
    is("@wrong", '', 'it ends with 0 or 74, and names the index');
    cmp_ok($seen{74} || 0, '>', 0, 'most damage is noticed');
    runs_ok(indexer('--db', $db, '--check'), 'without it the index is sound');
};

subtest 'what Xapian does not miss' => sub {
    for my $table (qw(docdata termlist position)) {
        my $path  = generation($db) . "/$table.glass";
        rename $path, "$path.away" or die $!;
        my $r = indexer('--db', $db, '--check');
        is($r->{status}, 74, "a table that is gone ($table) is a fault");
        like($r->{stdout}, qr/^a table is missing: \Q$path\E$/m, 'and named');
        rename "$path.away", $path or die $!;
    }
    my ($missed, $named) = (0, 0);
    damage_each('docdata', 20, 200, "\xa5", ['--check'], sub {
        my ($place, $r) = @_;
        $missed++ if $r->{status} != 74;
        $named++  if $r->{stdout} =~ m{^an article (?:is damaged|cannot be read): \Q$archive\E/1\.txt$}m;
    });
    cmp_ok($missed, '<=', 1, 'damage to the text of an article is a fault');    # one byte in 256 may be what it was
    cmp_ok($named, '>=', 20, 'and its file is named');
    runs_ok(indexer('--db', $db, '--check'), 'without it the index is sound');

    my ($dumps, $two) = (temp_dir(), temp_dir() . '/db');
    age(spew("$dumps/dump.jsonl", indexer('--dump', $archive)->{stdout} =~ s/Story/History/r));
    runs_ok(indexer('--db', $two, '-q', $archive, $dumps), 'an article that two files have, in two versions');
    is(is_sound($two), '', 'is none');
    unlink "$dumps/dump.jsonl" or die $!;
    for ('when one of them is gone', 'and after one more run') {
        runs_ok(indexer('--db', $two, '-q', '--max-delete=100', $archive, $dumps), $_);
        is(is_sound($two), '', 'it is sound');
    }
    is_same_dump(dump_of($two), dump_of($db), 'and has the version of the file that is left');
};

subtest 'a generation that is gone' => sub {
    my $lost = temp_dir() . '/db';
    indexer('--db', $lost, '-q', $archive);
    my $look = sub {
        my ($how) = @_;
        is(indexer('--db', $lost, @$_)->{status}, 74, "@$_ $how: 74") for ['--check'], ['--info'], ['--dump'], ['--compact'], [ '--verify', $archive ], [$archive];
    };
    unlink generation($lost) . '/iamglass' or die $!;
    $look->('without iamglass');
    unlink glob generation($lost) . '/*';
    rmdir generation($lost) or die $!;
    $look->('without its folder');
    is(indexer('--db', temp_dir() . '/none', '--check')->{status}, 66, 'an index that is not there is no damage: 66');
};

subtest '--dump' => sub {
    my @wrong;
    my $look = sub {
        my ($place, $r) = @_;
        my $status = $r->{status} // "signal $r->{signal}";
        push @wrong, "$place: $status $r->{stderr}" if $status !~ /^(?:0|74|75)$/;
    };
    damage_each('postlist', 1, 350, "\xff", ['--dump'], $look);
    damage_each('postlist', 8192 - 60, 8192 - 10, "\x40", ['--dump'], $look);    # where things stand in the block
    is("@wrong", '', 'damage is called damage, and no bug');
};

subtest '--compact of an index without articles' => sub {
    my $empty = temp_dir();
    my $db    = temp_dir() . '/db';
    runs_ok(indexer('--db', $db, '-q', $empty), 'an index of nothing');
    spew("$db/gen-3/facts.tmp", 'left by a first build that was killed');
    my $stub = slurp("$db/XAPIANDB");
    runs_ok(indexer('--db', $db, '-q', '--compact'), 'there is nothing to do');
    is(slurp("$db/XAPIANDB"), $stub, 'and nothing is done');
    is(join(' ', map { s{.*/}{}r } glob "$db/gen-*"), 'gen-2', 'what was left is removed');
    is(is_sound($db), '', 'the index is sound');
    runs_ok(indexer('--db', $db, '-q', $archive), 'it takes articles');
    is(searcher('--db', $db, 'story')->{status}, 0, 'and they are found');
};

done_testing();
