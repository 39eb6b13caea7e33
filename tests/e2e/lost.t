#!/usr/bin/perl
# lost.t - files that are damaged, and articles that files which stay hold no more
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

use JSON::PP ();

# What a run did, as one line: status, then counts that are not 0.
sub did {
    my ($report) = @_;
    return join ' ', $report->{exit},
        map { $report->{$_} ? "$_=$report->{$_}" : () } qw(added replaced removed unchanged refused kept_articles suspect_roots);
}

sub gzip {
    my ($path) = @_;
    is(run('gzip', '-nqf', $path)->{status}, 0, 'gzip packs') or return;
    return "$path.gz";
}

sub has_gzip { return !!grep { -x "$_/gzip" } split /:/, $ENV{PATH} }

subtest 'a file that is empty, cut off or damaged keeps what it held' => sub {
    my $archive = temp_dir();
    my $db      = "$archive/db";
    my @files   = (write_records("$archive/plain.jsonl", 1 .. 50), write_article("$archive/one.txt", 100));
    push @files, gzip(write_records("$archive/packed.jsonl", 51 .. 80)) if has_gzip();
    my @list = map { { id => "v$_", title => "Value $_", body => "Of a list, n$_." } } 1 .. 30;
    push @files, age(spew("$archive/list.json", JSON::PP->new->canonical->encode(\@list)));
    is(update($db, $archive)->{exit}, 0, 'all is indexed');
    my $dump  = dump_of($db);
    my %whole = map { $_ => slurp($_) } @files;
    my $all   = () = $dump =~ /\n/g;
    for my $file (@files) {
        my $name  = $file =~ s{.*/}{}r;
        my $bytes = $whole{$file};
        my %broken = (empty => '');
        $broken{'cut off'} = substr $bytes, 0, int(length($bytes) / 2) if $name ne 'one.txt';
        $broken{'half zeros'} = substr($bytes, 0, length($bytes) / 2) . "\0" x (length($bytes) / 2) if $name =~ /gz$/;
        for my $how (sort keys %broken) {
            age(spew($file, $broken{$how}));
            my $report = update($db, '--max-delete=0', $archive);
            is("$report->{exit} " . ($report->{refused} > 0) . " $report->{removed}", '65 1 0', "$name is $how: refused") or diag($report->{stderr});
            like($report->{stderr}, qr/\Q$name\E/, 'and named');
            is_same_dump(dump_of($db), $dump, 'nothing is lost');
            is(update($db, $archive)->{exit}, 65, 'the next run says so too');
            is(indexer('--db', $db, '--verify', $archive)->{stdout}, "unreadable: $file\n", '--verify calls it unreadable');
            is(update($db, '--rebuild', $archive)->{exit}, 75, 'a rebuild that would lose it does not take place');
            is_same_dump(dump_of($db), $dump, 'nothing is lost');
        }
        age(spew($file, $bytes), 900);
        is(did(update($db, $archive)), "0 unchanged=$all", 'whole again, all is as it was');
    }
    is(is_sound($db), '', 'the index is sound');
    my $new = temp_dir();
    age(spew("$new/a.jsonl", slurp("$archive/plain.jsonl"), '{"id":"x","ti'));
    is(did(update("$new/db", $new)), '65 added=50 refused=1', 'a new file that is cut off is read as far as it goes');
    is(update("$new/db", $new)->{refused_before}, 1, 'and no news then');
    is(indexer('--db', "$new/db", '--verify', $new)->{stdout}, '', 'and what could be read is as on disk');
    is(update("$new/db", '--rebuild', $new)->{exit}, 65, 'a rebuild that loses nothing by it takes place');
};

subtest 'articles that a file holds no more' => sub {
    my $archive = temp_dir();
    my $db      = "$archive/db";
    my $file    = write_records("$archive/all.jsonl", 1 .. 40);
    update($db, $archive);
    my $dump = dump_of($db);
    write_records($file, 1 .. 30);
    is(did(update($db, '--keep-missing', $archive)), '0 unchanged=30 kept_articles=10', '--keep-missing keeps them');
    is_same_dump(dump_of($db), $dump, 'all of them');
    is(did(update($db, '--keep-missing', $archive)), '0 unchanged=40', 'the next such run has nothing to do');
    is(did(update($db, '--max-delete=10', $archive)), '75 unchanged=30 kept_articles=10 suspect_roots=1', 'more than --max-delete: kept, 75');
    my $r = indexer('--db', $db, '--max-delete=10', $archive);
    like($r->{stderr}, qr/all\.jsonl: 10 of its 40 articles are gone, more than 10%: none is removed \(--max-delete=100 removes them\)/, 'said in each run');
    is_same_dump(dump_of($db), $dump, 'nothing is removed');
    is(update($db, '--rebuild', '--max-delete=10', $archive)->{exit}, 75, 'nor by a rebuild');
    is(did(update($db, $archive)), '0 removed=10 unchanged=30', 'they go when the share allows it');
    is_same_dump(dump_of($db), dump_of_new($archive), 'the index is what a new one would be');
    write_records($file, 1);
    is(update($db, $archive)->{exit}, 75, 'most of them: 75');
    is(did(update($db, '--max-delete=100', $archive)), '0 removed=29 unchanged=1', '--max-delete=100 removes them');
    is(is_sound($db), '', 'the index is sound');
};

# Records of a dump say a path, a member and an id: several may be of one article.
sub record {
    my ($n, $text) = @_;
    return JSON::PP->new->canonical->encode({ path => '/old/file', member => "m$n", id => "i$n", title => "Title $n", body => $text }) . "\n";
}

subtest 'one article twice in a file' => sub {
    my $archive = temp_dir();
    my $db      = "$archive/db";
    my $file    = "$archive/twice.jsonl";
    age(spew($file, record(1, 'The first version.'), record(2, 'Beside it.'), record(1, 'The second version.')), 3000);
    is(update($db, $archive)->{exit}, 0, 'it is indexed');
    like(dump_of($db), qr/second version/, 'as it comes last');
    age(spew($file, slurp($file), record(3, 'A new one.')), 2900);
    update($db, $archive);
    is_same_dump(dump_of($db), dump_of_new($file), 'and stays so when another record comes');
    age(spew($file, record(1, 'The second version.'), record(1, 'The first version.'), record(2, 'Beside it.')), 2800);
    update($db, $archive);
    is_same_dump(dump_of($db), dump_of_new($file), 'or when the two change places');
    age(spew($file, record(1, 'The second version.'), record(2, 'Beside it.')), 2700);
    update($db, $archive);
    is_same_dump(dump_of($db), dump_of_new($file), 'or when one goes');
    is(is_sound($db), '', 'the index is sound');
};

subtest 'one article in two files, in two versions' => sub {
    for my $winner ('a.jsonl', 'b.jsonl') {
        my $archive = temp_dir();
        my $db      = "$archive/db";
        my ($other) = grep { $_ ne $winner } 'a.jsonl', 'b.jsonl';
        write_article("$archive/$_.txt", $_) for 1 .. 5;
        age(spew("$archive/$other", record(1, 'What the one file says.'), record(2, 'Both say this.')));
        update($db, '-j1', $archive);
        age(spew("$archive/$winner", record(1, 'What the other file says.'), record(2, 'Both say this.')));
        update($db, '-j1', $archive);
        like(dump_of($db), qr/What the other file says/, "$winner was read last");
        unlink "$archive/$winner" or die;
        update($db, $archive) for 1 .. 2;
        is_same_dump(dump_of($db), dump_of_new($archive), "when $winner goes, the other version comes back");
        is(did(update($db, $archive)), '0 unchanged=7', 'once');
        age(spew("$archive/$winner", record(1, 'A third version.')));
        update($db, $archive);
        age(spew("$archive/$winner", record(9, 'No more of it.')), 900);
        update($db, $archive) for 1 .. 2;
        is_same_dump(dump_of($db), dump_of_new($archive), 'so it does when the record goes from the file');
        is(is_sound($db), '', 'the index is sound');
    }
};

subtest 'a signal in the midst of a very long line' => sub {
    my $archive = temp_dir();
    my $db      = "$archive/db";
    my $file    = write_records("$archive/long.jsonl", 1 .. 30);
    update($db, $archive);
    my $dump = dump_of($db);
    open my $out, '>>', $file or die;
    print {$out} '{"title":"';
    close $out or die;
    truncate $file, 40 * 2**30 or plan skip_all => 'no room for a file of 40 GB with nothing in it';
    my $it = start({ timeout => 100 }, program('indexer'), '--db', $db, '-q', $archive);
    sleep 1;
    my $when = time;
    kill 'TERM', $it->{pid};
    my $r = finish($it);
    is($r->{status}, 143, 'it ends with 143');
    cmp_ok(time - $when, '<=', patience(4), 'without reading the line to its end');
    is_same_dump(dump_of($db), $dump, 'nothing is lost');
    truncate $file, 0;
    unlink $file;
};

subtest 'an article that is too large for a small --memory' => sub {
    my $archive = temp_dir();
    my $db      = "$archive/db";
    my $json    = JSON::PP->new->canonical;
    my $large   = join "\n\n", map { "Paragraph $_ of a very long article about the harbour." } 1 .. 40_000;
    my $small   = '{"id":"s","title":"Small","body":"Nothing."}' . "\n";
    my @files   = ("$archive/large.jsonl", "$archive/large.txt");
    age(spew($files[0], $json->encode({ id => 'l', title => 'Large', body => 'Short yet.' }), "\n$small"));
    age(spew($files[1], "Title\n\nShort yet.\n"));
    is(did(update($db, '--memory=16M', $archive)), '0 added=3', 'all are indexed');
    my $dump = dump_of($db);
    age(spew($files[0], $json->encode({ id => 'l', title => 'Large', body => $large }), "\n$small"));
    age(spew($files[1], "Title\n\n$large\n"));
    is(did(update($db, '--memory=16M', $archive)), '65 unchanged=1 refused=2', 'two are too large now, and refused');
    is_same_dump(dump_of($db), $dump, 'they stay as they were');
    is(did(update($db, $archive)), '0 replaced=2 unchanged=1', 'with more memory they are read');
    my $new = temp_dir();
    is(did(update("$new/db", '--memory=16M', $archive)), '65 added=1 refused=2', 'a first run refuses them too');
    is(did(update("$new/db", '--memory=16M', $archive)), '0 unchanged=1', 'the next like it does not try again');
    is(did(update("$new/db", $archive)), '0 added=2 unchanged=1', 'one with more memory does');
    is(did(update("$new/db", '--memory=16M', $archive)), '0 unchanged=3', 'and then all is well');
};

subtest 'a file in which everything is refused' => sub {
    my $archive = temp_dir();
    age(spew("$archive/junk.jsonl", "x\n" x 3000));
    my $report = update("$archive/db", '-q', $archive);
    is("$report->{exit} $report->{refused} $report->{reasons}[0]{count}", '65 3000 3000', 'all of it is counted');
    is(scalar @{ $report->{refusals} }, 1000, 'and a thousand of it listed in the report');
    my @lines = split /\n/, $report->{stderr};
    is(scalar @lines, 11, 'ten messages, and one more');
    like($lines[9], qr/junk\.jsonl#line 10: /, 'of the first ten');
    like($lines[10], qr/junk\.jsonl: 2990 more records were refused$/, 'and how many more there are');
    my $r = indexer('--dry-run', '-q', $archive);
    is(() = $r->{stderr} =~ /\n/g, 11, '--dry-run does the same');
};

subtest 'when few files may be open' => sub {
    plan skip_all => 'bash is not installed' if !-x '/bin/bash';
    plan skip_all => 'sanitizers open files themselves' if under_sanitizers() || under_valgrind();
    my $archive = temp_dir();
    write_article("$archive/$_.txt", $_) for 1 .. 60;
    my (%status, @refused);
    my $new = dump_of_new($archive);
    for my $limit (10, 16, 18, 20, 22, 24, 26, 28, 40) {
        my $db = temp_dir() . '/db';
        my $r  = run('/bin/bash', '-c', 'ulimit -n "$0"; exec "$@"', $limit, program('indexer'), '--db', $db, '-q', '-j8', $archive);
        $status{ $r->{status} // 'signal' }++;
        push @refused, "$limit: $r->{stderr}" if ($r->{status} // 0) == 65;
        next if ($r->{status} // 1) != 0;
        $status{'other articles'}++ if dump_of($db) ne $new;
    }
    is_deeply([ sort keys %status ], [ 0, 74 ], 'a run succeeds as it should, or fails with 74') or diag(explain(\%status), @refused[ 0 .. 0 ]);
};

subtest 'what the summary says' => sub {
    my $archive = temp_dir();
    age(spew("$archive/all.jsonl", (map { qq({"title":"Same","body":"The same words."}\n) } 1 .. 3), "x\n" x 5));
    my $r = indexer('--db', "$archive/db", $archive);
    like($r->{stderr}, qr/, 3 in the index also elsewhere, 5 refused \(5 not JSON\);/, 'articles that are alike may be in one file');
    $r = indexer('--db', "$archive/db", $archive);
    like($r->{stderr}, qr/, 1 file in which something was refused before, unchanged;/, 'files are called files');
};

subtest '--verify of paths that overlap, or are gone' => sub {
    my $archive = temp_dir();
    my $db      = temp_dir() . '/db';
    write_article("$archive/sub/$_.txt", $_) for 1 .. 3;
    update($db, $archive);
    write_article("$archive/sub/1.txt", 1, 2);
    write_article("$archive/sub/4.txt", 4);
    unlink "$archive/sub/3.txt" or die;
    my $wanted = "stale: $archive/sub/1.txt\nmissing: $archive/sub/4.txt\nextra: $archive/sub/3.txt\n";
    my $r      = indexer({ dir => $archive }, '--db', $db, '--verify', '.', 'sub', "$archive/sub/1.txt");
    is("$r->{status} $r->{stdout}", "1 $wanted", 'each difference is printed once, by its absolute path');
    rename "$archive/sub", "$archive/away" or die;
    $r = indexer('--db', $db, '--verify', "$archive/sub");
    is("$r->{status} $r->{stdout}", '1 ' . join('', map { "extra: $archive/sub/$_.txt\n" } 1 .. 3), 'of a path that was indexed and is gone all is extra');
    is(indexer('--db', $db, '--verify', "$archive/never")->{status}, 66, 'one that never was is not there: 66');
};

subtest 'a command line that means nothing' => sub {
    my $archive = temp_dir();
    my $db      = "$archive/db";
    write_article("$archive/1.txt", 1);
    for my $bad (
        [ '--check', '--rebuild' ], [ '--dump', '--compact' ], [ '--dry-run', '--verify', $archive ], [ '-0', $archive ],
        [ '-j', '1.9', $archive ], [ '--memory= -1', $archive ], [''], [ $archive, '' ], map { [ "--language=$_", $archive ] } qw(xx xx-bogus- english e),
        'en-', 'en us'
      )
    {
        my $r = indexer('--db', $db, @$bad);
        is($r->{status}, 64, "@$bad: 64") or diag($r->{stderr});
    }
    ok(!-e $db, 'and nothing is made');
    is(indexer('--dry-run', "--language=$_", $archive)->{status}, 0, "$_ is a language") for qw(en pt-BR zh-Hant sr-Latn-RS yue fil de-CH-1996);
};

subtest 'a path that is gone, or became a file' => sub {
    my $archive = temp_dir();
    my $db      = temp_dir() . '/db';
    my $path    = "$archive/news.txt";
    write_article("$path/$_.txt", $_) for 1 .. 3;
    write_article("$archive/other/$_.txt", $_) for 4 .. 5;
    update($db, $path, "$archive/other");
    my $dump = dump_of($db);
    rename $path, "$archive/away" or die;
    my $report = update($db, $path, "$archive/other");
    is($report->{exit}, 75, 'a path that is missing is not believed');
    like($report->{stderr}, qr/missing now: nothing is removed \(--max-delete=100 removes what was under it\)$/, 'the message says what to do');
    is_same_dump(dump_of($db), $dump, 'nothing is removed');
    is(did(update($db, '--max-delete=100', '--keep-missing', $path, "$archive/other")), '0 unchanged=2', '--keep-missing keeps it');
    is_same_dump(dump_of($db), $dump, 'all of it');
    is(did(update($db, '--max-delete=100', $path, "$archive/other")), '0 removed=3 unchanged=2', '--max-delete=100 removes it');
    is_same_dump(dump_of($db), dump_of_new("$archive/other"), 'all of it and nothing else');
    rename "$archive/away", $path or die;
    update($db, $path, "$archive/other");
    rename $path, "$archive/away" or die;
    write_article($path, 6);
    is(update($db, $path)->{exit}, 75, 'a file in the place of a folder: 75');
    is(did(update($db, '--max-delete=100', $path)), '0 removed=3 unchanged=1', 'what was in the folder goes where the share allows it');
    is_same_dump(dump_of($db), dump_of_new($path, "$archive/other"), 'the index is what a new one would be');
    is(is_sound($db), '', 'and sound');
};

done_testing();
