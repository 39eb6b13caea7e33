#!/usr/bin/perl
# update.t - an index that lives: files that are added, changed, removed, and what must not be removed
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

use Fcntl    qw(LOCK_SH);
use JSON::PP ();
use POSIX    ();
use Time::HiRes qw(sleep utime);

# Some counts of a report: counts($report, qw(added removed)) is 'added 1, removed 2'.
sub counts {
    my ($report, @names) = @_;
    return join ', ', map { "$_ " . ($report->{$_} // '-') } @names;
}

my @all = qw(exit added replaced removed unchanged);

# is_report(REPORT, {exit => 0, added => 1, ...}, TITLE): what is not named is 0.
sub is_report {
    my ($report, $expected, $title) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $ok = is(counts($report, @all, 'refused'), counts({ (map { $_ => 0 } @all, 'refused'), %$expected }, @all, 'refused'), $title);
    diag($report->{stderr}) if !$ok && length $report->{stderr};
    return $ok;
}

sub new_archive {
    my ($n) = @_;
    my $archive = temp_dir();
    write_article("$archive/$_.txt", $_) for 1 .. $n;
    return ($archive, temp_dir() . '/db');
}

subtest 'from the second run on' => sub {
    my ($archive, $db) = new_archive(10);
    is_report(update($db, $archive), { added => 10 }, 'the first run adds all');
    my $revision = info_of($db)->{revision};
    my $before   = tree_files(generation($db));
    is_report(update($db, $archive), { unchanged => 10 }, 'a second run over unchanged files finds them unchanged');
    is(info_of($db)->{revision}, $revision, 'a second run over unchanged files makes no new revision');
    is_deeply(tree_files(generation($db)), $before, 'a second run over unchanged files writes nothing');
    my $r = indexer('--db', $db, $archive);
    is($r->{status}, 0, 'a run without changes ends with 0');
    like($r->{stderr}, qr/^\S+: 10 files: 0 articles added, 10 unchanged; [\d.]+ s$/, 'the summary says unchanged');
    is($r->{stdout}, '', 'the summary goes to standard error');

    write_article("$archive/11.txt", 11);
    is_report(update($db, $archive), { added => 1, unchanged => 10 }, 'a new file is added');
    write_article("$archive/3.txt", 3, 2);
    is_report(update($db, $archive), { replaced => 1, unchanged => 10 }, 'a changed file is replaced');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is then what a new one would be');
    like(dump_of($db), qr/n3 e2/, 'what a changed file says now is found');
    unlink "$archive/4.txt" or die;
    is_report(update($db, $archive), { removed => 1, unchanged => 10 }, 'a file that is gone is removed');
    mkdir "$archive/moved" or die;
    rename "$archive/5.txt", "$archive/renamed.txt"   or die;
    rename "$archive/6.txt", "$archive/moved/6.txt"   or die;
    is_report(update($db, $archive), { added => 2, removed => 2, unchanged => 8 }, 'renamed and moved files are found where they are');
    is_same_dump(dump_of($db), dump_of_new($archive), 'after all that the index is what a new one would be');
    unlink "$archive/7.txt" or die;
    write_article("$archive/7.txt/inside.txt", 7);
    is_report(update($db, $archive), { added => 1, removed => 1, unchanged => 9 }, 'a folder may take the place of a file');
    is_same_dump(dump_of($db), dump_of_new($archive), 'and the index is what a new one would be');
    is(is_sound($db), '', 'the index is sound');
};

subtest 'files that only look changed, or only look unchanged' => sub {
    my ($archive, $db) = new_archive(3);
    update($db, $archive);
    age("$archive/1.txt", 900);
    is_report(update($db, $archive), { unchanged => 3 }, 'a touched file with the same content is unchanged');
    my $revision = info_of($db)->{revision};
    is_report(update($db, $archive), { unchanged => 3 }, 'it is not looked at again');
    is(info_of($db)->{revision}, $revision, 'its new time was remembered');

    my $text = article_text(1);
    $text =~ s/n1/m1/g;
    age(spew("$archive/1.txt", $text), 3600);
    is_report(update($db, $archive), { replaced => 1, unchanged => 2 }, 'a time that goes back is a change');

    # Within the same second, of the same size: only the content tells
    my $now = int(Time::HiRes::time());
    $text =~ s/m1/o1/g;
    spew("$archive/2.txt", $text);
    utime $now, $now, "$archive/2.txt";
    is_report(update($db, $archive), { replaced => 1, unchanged => 2 }, 'a file that was written just now is indexed');
    $text =~ s/o1/p1/g;
    spew("$archive/2.txt", $text);
    utime $now, $now, "$archive/2.txt";
    is_report(update($db, $archive), { replaced => 1, unchanged => 2 }, 'a change of the same size and time is noticed when the file was young');
    like(dump_of($db), qr/p1/, 'what it says now is found');
    is_report(update($db, $archive), { unchanged => 3 }, 'a young file without changes is unchanged');
    age("$archive/2.txt", 600);    # not to settle at a time of its own
    utime $now + 86_400, $now + 86_400, "$archive/3.txt";
    is_report(update($db, $archive), { unchanged => 3 }, 'a file from the future is unchanged too');
    $revision = info_of($db)->{revision};
    update($db, $archive);
    is(info_of($db)->{revision}, $revision, 'and writes nothing although it is compared each time');
    $text =~ s/p1/q1/g;
    spew("$archive/3.txt", $text);
    utime $now + 86_400, $now + 86_400, "$archive/3.txt";
    update($db, $archive);
    spew("$archive/3.txt", article_text(3) =~ s/n3/q3/gr);
    utime $now + 86_400, $now + 86_400, "$archive/3.txt";
    like((update($db, $archive), dump_of($db))[1], qr/q3/, 'a change of a file from the future is noticed');
};

subtest 'files that change places' => sub {
    my ($archive, $db) = new_archive(5);
    my $when = int(time) - 4000;
    for my $n (1, 2, 3) {
        spew("$archive/$n.txt", "The same length\n\nBut other words: w$n.\n");
        utime $when, $when, "$archive/$n.txt";
    }
    update($db, $archive);
    rename "$archive/$_->[0]", "$archive/$_->[1]" or die for [ '1.txt', 'x' ], [ '2.txt', '1.txt' ], [ 'x', '2.txt' ];
    is_report(update($db, $archive), { replaced => 2, unchanged => 3 }, 'of the same size and time: both are read again');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
    spew("$archive/new", "The same length\n\nBut other words: w9.\n");
    utime $when, $when, "$archive/new";
    rename "$archive/new", "$archive/3.txt" or die;
    is_report(update($db, $archive), { replaced => 1, unchanged => 4 }, 'and one that another of the same size and time took the place of');
    is_report(update($db, $archive), { unchanged => 5 }, 'then nothing is news');
    my $revision = info_of($db)->{revision};
    chmod 0600, "$archive/4.txt";
    is(join(' ', indexer('--db', $db, '--verify', $archive)->{status}, update($db, $archive)->{unchanged}), '0 5', 'a file whose mode changed has the same content');
    is(info_of($db)->{revision}, $revision + 1, 'which is remembered');
    update($db, $archive);
    is(info_of($db)->{revision}, $revision + 1, 'once');
};

subtest 'JSON Lines of which some records changed' => sub {
    my ($archive, $db) = new_archive(0);
    write_records("$archive/all.jsonl", 1 .. 50);
    is_report(update($db, $archive), { added => 50 }, 'each record is an article');
    write_records("$archive/all.jsonl", 1 .. 9, [ 10, 2 ], 11 .. 19, 21 .. 51);
    is_report(update($db, $archive), { added => 1, replaced => 1, removed => 1, unchanged => 48 },
        'one record changed, one removed, one added: nothing else is written');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
    write_records("$archive/all.jsonl", reverse 1 .. 9, [ 10, 2 ], 11 .. 19, 21 .. 51);
    is_report(update($db, $archive), { unchanged => 50 }, 'records in another order are unchanged');
    rename "$archive/all.jsonl", "$archive/again.jsonl" or die;
    is_report(update($db, '--max-delete=100', $archive), { added => 50, removed => 50 }, 'a renamed file moves its records');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
    is(is_sound($db), '', 'the index is sound');
};

# The records of a dump keep the path they had, so that two files may speak of the same article.
subtest 'an article that several files hold' => sub {
    my ($archive, $db) = new_archive(3);
    update($db, $archive);
    my $copies = temp_dir();
    age(spew("$copies/$_", dump_of($db))) for qw(a.jsonl b.jsonl);
    write_article("$copies/$_.txt", $_) for 20 .. 30;
    my $both = temp_dir() . '/db';
    is(update($both, $copies)->{exit}, 0, 'a dump may be there twice');
    my $dump = dump_of($both);
    unlink "$copies/a.jsonl" or die;
    update($both, $copies);
    is_same_dump(dump_of($both), $dump, 'articles stay as long as one file has them');
    is(is_sound($both), '', 'the index is sound');
    rename "$copies/b.jsonl", "$copies/c.jsonl" or die;
    update($both, $copies);
    is_same_dump(dump_of($both), $dump, 'renaming a dump loses nothing');
    is(is_sound($both), '', 'the index is sound');
    # one record goes from one file to another, the old file being read before or after the new one
    for my $names ([ 'c.jsonl', 'd.jsonl' ], [ 'd.jsonl', 'c.jsonl' ]) {
        my ($from, $to) = map { "$copies/$_" } @$names;
        my @lines = split /^/, slurp($from);
        my $line  = pop @lines;
        @lines ? age(spew($from, @lines)) : unlink $from;    # an empty file would not be believed
        age(spew($to, (-e $to ? slurp($to) : ''), $line), 900);
        update($both, $copies);
        is_same_dump(dump_of($both), $dump, "a record may move from $names->[0] to $names->[1]");
    }
    age(spew("$copies/e.jsonl", slurp("$copies/c.jsonl")));
    update($both, $copies);
    my @lines = split /^/, slurp("$copies/e.jsonl");
    age(spew("$copies/e.jsonl", @lines[ 1 .. $#lines ]), 900);
    is_report(update($both, $copies), { unchanged => 16 }, 'a record that one of two files lost is not removed');
    is_same_dump(dump_of($both), $dump, 'it stays');
    is(is_sound($both), '', 'the index is sound');
    unlink "$copies/c.jsonl", "$copies/d.jsonl", "$copies/e.jsonl";
    is_report(update($both, $copies), { removed => 3, unchanged => 11 }, 'when the last file is gone they go');
};

# Each path keeps its own article; what they share is recorded.
subtest 'one article under two paths' => sub {
    my ($archive, $db) = new_archive(6);
    write_article("$archive/copy/1.txt", 1);
    my ($title, $text) = split /\n\n/, article_text(2), 2;
    age(spew("$archive/copy/2.json", JSON::PP->new->canonical->encode({ headline => $title, text => $text })));
    my $record = sub { JSON::PP->new->canonical->encode({@_}) . "\n" };
    age(spew("$archive/a.jsonl", $record->(id => 7, title => 'Corrected twice', body => 'The first edition.'), $record->(id => 8, title => 'Eight', body => 'Of a.'),
        $record->(id => 9, title => 'No text')));
    age(spew("$archive/b.jsonl", $record->(id => 7, title => 'Corrected twice', body => 'The second edition.'), $record->(id => 8, title => 'Other', body => 'Of b.'),
        $record->(id => 10, title => 'No text')));
    my $report = update($db, $archive);
    is_report($report, { added => 14 }, 'each path keeps its article');
    is($report->{copies}, 6, 'articles of the same text, and of the same headline and id, are counted as also elsewhere; others of the same id are not');
    is(info_of($db)->{copies}, '6 articles that are also elsewhere in the index', '--info says so too');
    like(indexer('--db', $db, '--rebuild', $archive)->{stderr}, qr/, 6 in the index also elsewhere[,;]/, 'the summary says that all are meant');
    my $hits = sub {
        my $r = searcher('--db', $db, '--format=jsonl', '--fields=path,also,uid', @_);
        return map { JSON::PP::decode_json($_) } split /\n/, $r->{stdout};
    };
    for ([ n1 => '1.txt', 'copy/1.txt' ], [ n2 => '2.txt', 'copy/2.json' ], [ '"first edition"' => 'a.jsonl', 'b.jsonl' ]) {
        my ($query, @files) = @$_;
        my %hit = map { $_->{path} => $_ } $hits->($query);
        my $hit = $hit{"$archive/$files[0]"};
        is_deeply([ map { $_->{path} } @{ $hit->{also} } ], ["$archive/$files[1]"], "the searcher says that $files[0] is also $files[1]");
        like(searcher('--db', $db, '--show', $hit->{also}[0]{uid})->{stdout}, qr/\w/, 'and under which uid');
    }
    is_deeply([ map { $_->{also} } $hits->('n3') ], [ [] ], 'one that is nowhere else has an empty list');
    like(searcher('--db', $db, '--format=csv', '--fields=path,also', 'n1')->{stdout}, qr{\Q$archive/1.txt,$archive/copy/1.txt\E\r\n}, 'a table has the paths');
    unlink "$archive/copy/1.txt" or die;
    $report = update($db, $archive);
    is_report($report, { removed => 1, unchanged => 13 }, 'one of two that is gone is removed');
    is($report->{copies}, 4, 'and the other one is one of a kind');
    is_deeply([ map { $_->{also} } $hits->('n1') ], [ [] ], 'which the searcher knows');
    write_article("$archive/2.txt", 2, 5);
    $report = update($db, $archive);
    is($report->{copies}, 2, 'so is one of two when the other changes');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
    my $copy = temp_dir() . '/db';
    is(update($copy, '--rebuild', $archive)->{copies}, 2, 'a rebuild counts the same');
    is(indexer('--db', $copy, '--compact')->{status}, 0, 'a compaction');
    is(info_of($copy)->{copies}, '2 articles that are also elsewhere in the index', 'keeps it');
    symlink $archive, "$copy.link" or die;
    is(update($copy, $archive, "$copy.link")->{copies}, 26, 'an archive that is reached by two names is there twice, and it says so');
};

# What is noted for removal is bounded: with little memory and long paths it goes in several turns.
subtest 'very many files that go at once' => sub {
    my ($archive, $db) = new_archive(5);
    my $deep = join '/', $archive, map { $_ x 200 } 'a' .. 'd';
    my $n = 2500;
    spew("$deep/$_.txt", "Deep $_\n\nBelow d$_.\n") for 1 .. $n;
    my $other = temp_dir();
    write_article("$other/$_.txt", $_) for 50 .. 59;
    my $records = dump_of_new($other);
    age(spew($_, $records)) for "$archive/0.jsonl", "$archive/z.jsonl";
    is(update($db, $archive)->{exit}, 0, 'all is indexed');
    is(() = dump_of($db) =~ /\n/g, $n + 15, 'all of it');
    unlink "$deep/$_.txt" for 1 .. $n;
    unlink "$archive/0.jsonl", "$archive/z.jsonl";
    is_report(update($db, '--memory=16M', '--max-delete=100', $archive), { removed => $n + 10, unchanged => 5 },
        'all are removed, with them what two of them had both');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
    is(is_sound($db), '', 'and sound');
    is(indexer('--db', $db, '--verify', $archive)->{status}, 0, 'and equals the disk');
};

subtest 'a file that grows while it is read' => sub {
    my ($archive, $db) = new_archive(2);
    my $growing = "$archive/growing.jsonl";
    write_records($growing, 1 .. 2000);
    my $child = fork // die;
    if (!$child) {
        open my $out, '>>:raw', $growing or POSIX::_exit(1);
        $out->autoflush(1);
        for my $n (2001 .. 2400) {
            print {$out} qq({"id":"r$n","title":"Record $n","body":"Late n$n."}\n);
            sleep 0.002;
        }
        POSIX::_exit(0);
    }
    is(update($db, $archive)->{exit} % 65, 0, 'it is indexed as far as it goes');
    waitpid $child, 0;
    is($?, 0, 'the other program is done');
    update($db, $archive);
    is_same_dump(dump_of($db), dump_of_new($archive), 'the next run has the rest');
};

subtest 'compressed files' => sub {
    my ($archive, $db) = new_archive(2);
    my @tools = grep { my $tool = $_->[0]; grep { -x "$_/$tool" } split /:/, $ENV{PATH} }
        ([ 'gzip', '.gz' ], [ 'zstd', '.zst' ], [ 'xz', '.xz' ]);
    plan skip_all => 'neither gzip nor zstd nor xz is installed' if !@tools;
    my $n = 100;
    for (@tools) {
        my ($tool, $end) = @$_;
        for my $file (write_article("$archive/$tool.txt", $n++), write_records("$archive/$tool.jsonl", $n .. $n + 4)) {
            is(run($tool, '-q', $file)->{status}, 0, "$tool packs") or next;
            unlink $file;
            age("$file$end");
        }
        $n += 5;
    }
    is_report(update($db, $archive), { added => 2 + 6 * @tools }, 'compressed texts and JSON Lines are read');
    is_report(update($db, $archive), { unchanged => 2 + 6 * @tools }, 'and are unchanged the next time');
    my $plain = temp_dir();
    my ($tool, $end) = @{ $tools[0] };
    write_records("$plain/x.jsonl", 1 .. 3);
    run($tool, '-q', "$plain/x.jsonl");
    unlink "$plain/x.jsonl";
    rename "$plain/x.jsonl$end", "$archive/$tool.jsonl$end" or die;
    is_report(update($db, $archive), { added => 3, removed => 5, unchanged => 2 + 6 * @tools - 5 }, 'a compressed file may change');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
};

subtest 'includes and excludes that change between runs' => sub {
    my ($archive, $db) = new_archive(4);
    write_article("$archive/sub/$_.txt", $_) for 5 .. 9;
    is_report(update($db, '--exclude=[12].txt', $archive), { added => 7 }, 'what is excluded is left out');
    is_report(update($db, $archive), { added => 2, unchanged => 7 }, 'what is excluded no more is added');
    is_report(update($db, '--exclude=[12].txt', $archive), { removed => 2, unchanged => 7 }, 'what is excluded now is removed');
    is_report(update($db, '--include=?.txt', $archive), { added => 2, unchanged => 7 }, 'an include counts likewise');
    my $report = update($db, '--exclude=sub', $archive);
    is_report($report, { exit => 75, unchanged => 4 }, 'to exclude most of the archive is not believed');
    is_report(update($db, '--max-delete=100', '--exclude=sub', $archive), { removed => 5, unchanged => 4 }, 'unless --max-delete says so');
};

subtest 'what must not be removed' => sub {
    my ($archive, $db) = new_archive(10);
    update($db, $archive);
    my $dump = dump_of($db);
    unlink "$archive/1.txt";
    my $report = update($db, '--keep-missing', $archive);
    is_report($report, { unchanged => 9 }, '--keep-missing removes nothing');
    is($report->{kept_missing}, 1, 'and says what it kept');
    is_same_dump(dump_of($db), $dump, 'the articles stay');
    unlink "$archive/$_.txt" for 2 .. 6;
    $report = update($db, $archive);
    is_report($report, { exit => 75, unchanged => 4 }, 'when more than half of the files are gone nothing is removed');
    like($report->{stderr}, qr/\Q$archive\E: 6 of 10 files are gone, more than 50%: nothing is removed/, 'it says so');
    is_report(update($db, '--max-delete=59', $archive), { exit => 75, unchanged => 4 }, '--max-delete sets the share');
    is_same_dump(dump_of($db), $dump, 'nothing was removed');
    is_report(update($db, '--max-delete=60', $archive), { removed => 6, unchanged => 4 }, 'and a larger share allows it');

    $dump = dump_of($db);
    rename $archive, "$archive.away" or die;
    $report = update($db, $archive);
    is_report($report, { exit => 75 }, 'a root that was indexed and is missing: 75');
    like($report->{stderr}, qr/\Q$archive\E: was indexed before and is missing now/, 'it says so');
    is_same_dump(dump_of($db), $dump, 'nothing is removed');
    is_report(update($db, '--max-delete=99', $archive), { exit => 75 }, 'not even with --max-delete=99');
    is_same_dump(dump_of($db), $dump, 'nothing is removed');
    mkdir $archive or die;
    is_report(update($db, $archive), { exit => 75 }, 'a root that is empty, as if not mounted: 75');
    is_same_dump(dump_of($db), $dump, 'nothing is removed');
    rmdir $archive or die;
    rename "$archive.away", $archive or die;
    is_report(update($db, $archive), { unchanged => 4 }, 'mounted again all is as it was');

    $report = update($db, "$archive/never", $archive);
    is_report($report, { exit => 66, unchanged => 4 }, 'a PATH that never existed: 66, and the rest is indexed');
    like($report->{stderr}, qr{\Q$archive/never\E: no such file or folder}, 'it is named');
    $report = update($db, $archive, '--rebuild');
    is_report($report, { exit => 66, unchanged => 4 }, 'an option behind a PATH is a PATH');
    like($report->{stderr}, qr{--rebuild: no such file or folder \(options stand before the paths\)}, 'it says where options stand');
    is_report(update($db, "$archive/7.txt"), { unchanged => 1 }, 'a file as the PATH');
    is_same_dump(dump_of($db), $dump, 'removes nothing beside it');
    my $other = temp_dir();
    write_article("$other/1.txt", 1);
    is_report(update($db, $other), { added => 1 }, 'another folder');
    is(() = dump_of($db) =~ /\n/g, 5, 'removes nothing beside it');
};

subtest 'the same archive gives the same index, whoever is done first' => sub {
    my $archive = temp_dir();
    # The first file of each folder takes longer to read than all behind it
    for my $folder (1 .. 4) {
        write_records("$archive/$folder/a.jsonl", map { $folder * 1000 + $_ } 1 .. 300);
        write_article("$archive/$folder/$_.txt", $folder * 10_000 + $_) for 1 .. 40;
        age(spew("$archive/$folder/same.json", qq({"path":"/old/place.txt","id":"x","title":"Number $folder"})));
    }
    my @dumps = map { my $db = temp_dir() . '/db'; indexer('-q', '-j', $_, '--db', $db, $archive); indexer('--db', $db, '--dump')->{stdout} } 1, 4, 4, 4;
    ok($dumps[0] eq $_, 'in the same order') for @dumps[ 1 .. 3 ];
    is_deeply([ $dumps[0] =~ /"title":"Number (\d)"/g ], [4], 'of an article that is in several files the last version holds');
};

subtest 'one root inside another' => sub {
    my ($archive, $db) = new_archive(10);
    write_article("$archive/disk/$_.txt", $_) for 20 .. 22;
    update($db, $archive);
    rename "$archive/disk", "$archive.disk" or die;
    mkdir "$archive/disk" or die;
    is_report(update($db, $archive, "$archive/disk"), { exit => 75, unchanged => 10 }, 'a root that is empty inside another one is not believed');
    is(() = dump_of($db) =~ /\n/g, 13, 'its articles stay');
    is_report(update($db, $archive), { removed => 3, unchanged => 10 }, 'where it is no root of its own it is');
    rmdir "$archive/disk";
    rename "$archive.disk", "$archive/disk" or die;
    is_report(update($db, $archive, "$archive/disk", "$archive/disk/20.txt"), { added => 3, replaced => 0, unchanged => 10 },
        'a file that lies under several roots is indexed once');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
};

subtest 'what cannot be read keeps its articles' => sub {
    my ($archive, $db) = new_archive(6);
    write_article("$archive/sub/$_.txt", $_) for 7 .. 9;
    my @nobody = (65_534, 65_534);
    my $as_user;
    if ($> == 0) {
        $as_user = { before => sub {
            POSIX::setgid($nobody[1]) or die "setgid: $!\n";
            POSIX::setuid($nobody[0]) or die "setuid: $!\n";
        } };
        my $probe = eval { run('/bin/true', $as_user) };
        plan skip_all => 'cannot become another user' if !$probe || $probe->{status} != 0;
        $db = temp_dir();
        chmod 0755, $archive;
        chown @nobody, $db or die;
        $db .= '/db';
        my $program = run($as_user, program('indexer'), '--version');
        plan skip_all => 'another user cannot run the program' if $program->{status} // 1;
    }
    else {
        $as_user = {};
    }
    update($db, $archive, $as_user);
    my $dump = dump_of($db);
    is(() = $dump =~ /\n/g, 9, 'all is indexed');
    chmod 0, "$archive/sub" or die;
    my $report = update($db, $archive, $as_user);
    is_report($report, { exit => 65, refused => 1, unchanged => 6 }, 'a folder that cannot be looked into is refused');
    like($report->{stderr}, qr{\Q$archive/sub\E: Permission denied}, 'with the reason');
    is_same_dump(dump_of($db), $dump, 'what was under it stays');
    $report = update($db, '--rebuild', $archive, $as_user);
    is($report->{exit}, 75, 'a rebuild that would lose it does not take place');
    is_same_dump(dump_of($db), $dump, 'what was under it still stays');
    chmod 0755, "$archive/sub" or die;

    chmod 0, "$archive/1.txt" or die;
    is_report(update($db, $archive, $as_user), { exit => 65, refused => 1, unchanged => 9 }, 'a file that did not change and cannot be read any more keeps its article');
    like(indexer('--db', $db, '-q', $archive, $as_user)->{stderr}, qr{\Q$archive\E/1\.txt: Permission denied$}, 'but each run says so');
    is(indexer('--db', $db, '--verify', $archive, $as_user)->{stdout}, "unreadable: $archive/1.txt\n", '--verify calls it unreadable');
    age("$archive/1.txt", 60);
    is_report(update($db, $archive, $as_user), { exit => 65, refused => 1, unchanged => 8 }, 'one that did is refused');
    is_same_dump(dump_of($db), $dump, 'and its article stays');
    is_report(update($db, $archive, $as_user), { exit => 65, refused => 1, unchanged => 8 }, 'it is tried again the next time');
    chmod 0644, "$archive/1.txt" or die;
    is_report(update($db, $archive, $as_user), { unchanged => 9 }, 'and read when it can be read again');
    write_article("$archive/new.txt", 10);
    chmod 0, "$archive/new.txt";
    is_report(update($db, $archive, $as_user), { exit => 65, refused => 1, unchanged => 9 }, 'a new file that cannot be read is refused');
    chmod 0644, "$archive/new.txt";
    is_report(update($db, $archive, $as_user), { added => 1, unchanged => 9 }, 'and added when it can be read');
    is(is_sound($db), '', 'the index is sound');
};

subtest '--files-from' => sub {
    my ($archive, $db) = new_archive(6);
    my $list = temp_dir() . '/list';
    spew($list, join "\n", map { "$archive/$_.txt" } 1 .. 3);
    is_report(update($db, "--files-from=$list"), { added => 3 }, 'a list of files, one a line');
    is_report(update($db, '--files-from=-', { stdin => "$archive/4.txt\n" }), { added => 1 }, 'from standard input');
    rename "$archive/6.txt", "$archive/new\nline.txt" or die;
    is_report(update($db, '--files-from=-', '-0', { stdin => "$archive/5.txt\0$archive/new\nline.txt\0" }), { added => 2 },
        '-0: paths may hold anything');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what one of the folder would be');
    unlink "$archive/1.txt";
    my $report = update($db, "--files-from=$list");
    is_report($report, { exit => 75, unchanged => 2 }, 'a file of the list that was indexed and is missing: 75');
    my $many = temp_dir();
    for my $n (1 .. 3000) {
        spew("$many/$n.txt", "Many $n\n\nShort n$n.\n");
    }
    spew($list, map { "$many/$_.txt\n" } 1 .. 3000);
    is(update($db, '-q', "--files-from=$list")->{added}, 3000, 'a list may be long');
    my $r = indexer('--db', $db, '--report=json', "--files-from=$list");
    is(report_of($r)->{unchanged}, 3000, 'nothing changed');
    cmp_ok($r->{seconds}, '<', patience(5), 'and is gone through quickly');
};

subtest 'what it says' => sub {
    my ($archive, $db) = new_archive(3);
    age(spew("$archive/bad.jsonl", "{\"title\":\"x\",\"body\":\"y\"}\nno json\n"));
    my $r = indexer('--db', $db, '-q', $archive);
    is($r->{status}, 65, 'some input was refused: 65');
    like($r->{stderr}, qr/\A\S+: \S+bad\.jsonl#line 2: .*\n\z/, '-q names refused input and nothing else');
    $r = indexer('--db', $db, '-q', $archive);
    is("$r->{status} $r->{stdout}$r->{stderr}", '0 ', '-q says nothing when all is well');
    my $report = update($db, $archive);
    is_report($report, { unchanged => 4 }, 'refused input that did not change is no news');
    is($report->{refused_before}, 1, 'but counted');
    my $two = temp_dir();
    age(spew("$two/$_->[0]", $_->[1])) for [ 'a.jsonl', "no json\n[2\n{}\n" ], [ "b\xff.txt", '' ];
    $r = indexer('--db', "$two/db", '--report=json', $two);
    my $refused = report_of($r);
    is_report($refused, { exit => 65, refused => 4 }, 'several things are refused');
    is_deeply($refused->{reasons}, [ { why => 'not JSON', count => 2 }, { why => 'neither a title nor a body', count => 1 }, { why => 'no text in it', count => 1 } ],
        'the report counts the reasons') or diag(explain($refused->{reasons}));
    is_deeply([ sort map { join ' ', $_->{path}, $_->{member} // '-', length $_->{why} ? 'why' : '' } @{ $refused->{refusals} } ],
        [ map { "$two/$_ why" } 'a.jsonl line 1', 'a.jsonl line 2', 'a.jsonl line 3', "b\x{fffd}.txt -" ], 'and names what, and why');
    $r = indexer('--db', "$two/db2", $two);
    like($r->{stderr}, qr/, 4 refused \(2 not JSON, 1 neither a title nor a body, 1 no text in it\)[;,] /, 'so does the summary');
    $r = indexer('--db', "$two/db2", '-v', $two);
    like($r->{stderr}, qr{^\S+: \Q$two/a.jsonl\E: was refused before, at least in part, and has not changed$}m, '-v names what was refused before');
    is($r->{status}, 0, 'which is no error');
    is($report->{schema}, 'broadsheet.report/1', 'the report names its schema');
    is($report->{status}, $report->{exit}, 'and the status');
    is($report->{files}, 4, 'and counts files');
    is($report->{stderr}, '', 'a JSON report is all there is');
    $r = indexer('--db', $db, '--progress=always', '--rebuild', $archive);
    like($r->{stderr}, qr/\d+ articles?, [\d.]+ MB/, '--progress=always tells how far it is');
    unlike(indexer('--db', $db, '-q', '--progress=always', '--rebuild', $archive)->{stderr}, qr/articles/, '-q does not');
    is(indexer('--db', $db)->{status}, 64, 'no PATH: 64');
    is(indexer('--db', $db, '--max-delete=101', $archive)->{status}, 64, 'an impossible number: 64');
    is(indexer('--db', "$archive/1.txt/db", $archive)->{status} =~ /^7[34]$/, 1, 'an index that cannot be created: 73 or 74');
    is(indexer('--db', temp_dir() . '/none', '--info')->{status}, 66, '--info without an index: 66');
    is(indexer('--db', temp_dir() . '/none', '--compact')->{status}, 66, '--compact without an index: 66');
    is(indexer({ stdout => '/dev/full' }, '--db', $db, '--dump')->{status}, 74, 'standard output that is full: 74');
};

subtest 'rebuild and compact' => sub {
    my ($archive, $db) = new_archive(8);
    update($db, $archive);
    my $dump  = dump_of($db);
    my $first = generation($db);
    is_report(update($db, '--rebuild', $archive), { added => 8 }, '--rebuild reads everything anew');
    my $second = generation($db);
    isnt($second, $first, 'into a new generation');
    ok(!-e $first, 'and the old one goes');
    is_same_dump(dump_of($db), $dump, 'the index is what it was');
    is_report(update($db, $archive), { unchanged => 8 }, 'the next run has nothing to do');
    open my $reader, '<', $second or die;
    flock $reader, LOCK_SH or die;
    update($db, '--rebuild', $archive);
    ok(-e $second, 'a generation that somebody reads stays');
    close $reader;
    is_report(update($db, $archive), { unchanged => 8 }, 'a later run has nothing to do');
    ok(!-e $second, 'but removes the generation that nobody reads');
    my $compact = indexer('--db', $db, '--compact');
    is($compact->{status}, 0, '--compact succeeds');
    like($compact->{stderr}, qr/^\S+: [\d.]+ MB before, [\d.]+ MB now$/, 'and says what it was good for');
    is_same_dump(dump_of($db), $dump, 'and loses nothing');
    is_report(update($db, $archive), { unchanged => 8 }, 'what is remembered of the files is kept');
    is(is_sound($db), '', 'the index is sound');
    is(scalar(() = glob "$db/gen-*"), 1, 'one generation is left');
    write_article("$archive/9.txt", 9);
    is_report(update($db, $archive), { added => 1, unchanged => 8 }, 'a compact index takes more');
};

subtest 'a rebuild loses nothing either' => sub {
    my ($archive, $db) = new_archive(8);
    my $other = temp_dir();
    write_article("$other/$_.txt", 100 + $_) for 1 .. 2;
    update($db, $archive, $other);
    my $dump = dump_of($db);
    rename $archive, "$archive.away" or die;
    my $report = update($db, '--rebuild', $archive, $other);
    is($report->{exit}, 75, 'a root that was indexed and is missing: 75');
    is_same_dump(dump_of($db), $dump, 'the index stays as it was');
    mkdir $archive or die;
    is(update($db, '--rebuild', $archive, $other)->{exit}, 75, 'an empty root: 75');
    is_same_dump(dump_of($db), $dump, 'the index stays as it was');
    rmdir $archive;
    rename "$archive.away", $archive or die;
    $report = update($db, '--rebuild', $archive);
    is($report->{exit}, 75, 'a root that is not named: 75');
    like($report->{stderr}, qr/2 files of the index are not under/, 'it says what would be lost');
    is_same_dump(dump_of($db), $dump, 'the index stays as it was');
    is(update($db, '--rebuild', $archive, $other)->{exit}, 0, 'with all roots there it succeeds');
    is_same_dump(dump_of($db), $dump, 'and the index holds the same');
    is(update($db, '--rebuild', '--max-delete=100', $archive)->{exit}, 0, '--max-delete=100 drops the other root');
    is(() = dump_of($db) =~ /\n/g, 8, 'and its articles');
    is(update($db, '--rebuild', temp_dir() . '/never')->{exit}, 75, 'a rebuild of what never existed: 75');
    is(() = dump_of($db) =~ /\n/g, 8, 'leaves the index as it was');
    unlink "$archive/1.txt";
    is(update($db, '--rebuild', $archive)->{exit}, 0, 'some files that are gone are gone in a rebuilt index');
    is_same_dump(dump_of($db), dump_of_new($archive), 'which is what a new one would be');
    unlink "$archive/2.txt";
    is(update($db, '--rebuild', '--keep-missing', $archive)->{exit}, 75, '--keep-missing keeps a rebuild from losing any');
};

subtest 'check and verify' => sub {
    my ($archive, $db) = new_archive(5);
    update($db, $archive);
    my $r = indexer('--db', $db, '--check');
    is("$r->{status}$r->{stdout}", '0', '--check finds a sound index sound');
    $r = indexer('--db', $db, '--verify', $archive);
    is("$r->{status}$r->{stdout}", '0', '--verify finds an index that equals the disk');
    my $revision = info_of($db)->{revision};
    write_article("$archive/6.txt", 6);
    write_article("$archive/1.txt", 1, 2);
    unlink "$archive/2.txt";
    my $same = article_text(3) =~ s/n3/o3/gr;
    age(spew("$archive/3.txt", $same), 60);
    age("$archive/4.txt", 60);
    $r = indexer('--db', $db, '--verify', $archive);
    is($r->{status}, 1, 'differences: 1');
    is($r->{stdout}, "stale: $archive/1.txt\nstale: $archive/3.txt\nmissing: $archive/6.txt\nextra: $archive/2.txt\n",
        'what is missing, stale and extra is listed; a touched file is not');
    is(info_of($db)->{revision}, $revision, '--verify changes nothing');
    update($db, $archive);
    is(indexer('--db', $db, '--verify', $archive)->{status}, 0, 'after a run there are none');
    is(indexer('--db', $db, '--verify', "$archive/none")->{status}, 66, 'a PATH that is not there: 66');
    my $table = generation($db) . '/postlist.glass';
    my $bytes = slurp($table);
    truncate $table, 4096 or die;
    my $info = indexer('--db', $db, '--info');
    is($info->{status}, 74, '--info of an index that was cut off: 74') or diag($info->{stderr});
    return if under_valgrind();    # Xapian reads beside damaged blocks
    spew($table, $bytes);
    open my $fh, '+<:raw', $table or die;
    my $size = -s $fh;
    seek $fh, 11, 0;
    print {$fh} "\xff" x ($size - 11);
    close $fh;
    $r = indexer('--db', $db, '--check');
    is($r->{status}, 74, '--check of a damaged index: 74');
};

subtest 'info' => sub {
    my ($archive, $db) = new_archive(3);
    update($db, $archive);
    my $info = info_of($db);
    is($info->{articles}, 3, 'it counts articles');
    like($info->{revision}, qr/^\d+$/, 'it names the revision');
    is($info->{index}, $db, 'and the index');
};

done_testing();
