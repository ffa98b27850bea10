using System.Globalization;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>What the schedule runs while no process of the suite does.</summary>
internal static class BackupScripts
{
    /// <summary>Nothing answers that is a standby (pgBackRest's db-connect).</summary>
    private const int NoStandby = 56;

    private const int IncrementalSeconds = 15 * 60;
    private const int DifferentialSeconds = 2 * 60 * 60;
    private const int FullSeconds = 24 * 60 * 60;

    /// <summary>Takes a backup, from a standby when one answers, and writes the node exporter's file.</summary>
    /// <param name="program">Runs pgBackRest.</param>
    /// <param name="metrics">The file.</param>
    public static string TakeBackup(string program, string metrics) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        kind="${1:?usage: take-backup full|diff|incr}"
        metrics={{metrics}}
        started=$(date +%s.%N)
        status=0
        {{program}} --log-level-console=detail --type="$kind" --backup-standby backup || status=$?
        if [ "$status" -eq {{NoStandby}} ]; then
          status=0
          {{program}} --log-level-console=detail --type="$kind" --no-backup-standby backup || status=$?
        fi
        # Another one is being taken: that one tells how it went.
        if [ "$status" -eq {{PgBackRest.Locked}} ]; then exit "$status"; fi
        finished=$(date +%s.%N)
        success=$(sed -n 's/^srelab_backup_last_success_timestamp_seconds //p' "$metrics" 2>/dev/null || true)
        if [ "$status" -eq 0 ]; then
          success=$finished
          touch "{{Path.GetDirectoryName(program)}}/last-$kind"
        fi
        {
          echo '# HELP srelab_backup_last_success_timestamp_seconds When the last good backup was finished.'
          echo '# TYPE srelab_backup_last_success_timestamp_seconds gauge'
          if [ -n "$success" ]; then echo "srelab_backup_last_success_timestamp_seconds $success"; fi
          echo '# HELP srelab_backup_last_run_failed Whether the last backup failed: 1 or 0.'
          echo '# TYPE srelab_backup_last_run_failed gauge'
          echo "srelab_backup_last_run_failed $((status != 0))"
          echo '# HELP srelab_backup_last_run_duration_seconds How long the last backup took.'
          echo '# TYPE srelab_backup_last_run_duration_seconds gauge'
          echo "srelab_backup_last_run_duration_seconds $(awk -v a="$started" -v b="$finished" 'BEGIN { printf "%.3f", b - a }')"
        } >"$metrics.new"
        mv "$metrics.new" "$metrics"
        exit "$status"
        """);

    /// <summary>Ends with an error on a member that does not hold the leader's lease; PostgreSQL keeps the segment and asks again.</summary>
    /// <remarks>
    /// A standby that is promoted behind the cluster manager's back, or an old primary that nobody could stop, would store the history of a timeline
    /// that leads nowhere: standbys and restores would follow it, and the next real primary of that number could archive nothing any more.
    /// A manager that is silent, or takes no connection any more, ends it with 1 too, and soon: a status above 128 is a signal to PostgreSQL, whose archiver dies of it.
    /// </remarks>
    /// <param name="hosts">Address of the cluster manager by data folder.</param>
    public static string OnlyTheLeader(IReadOnlyDictionary<string, string> hosts) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        case "$PWD" in
        {{string.Join('\n', hosts.Select(h => $"  {h.Key}) manager={h.Value} ;;"))}}
          *) echo "not archived: $PWD is no member of this lab" >&2; exit 1 ;;
        esac
        patience=5
        # Line 8 of postmaster.pid is the server's state. A manager that is ended itself takes connections and answers none, and a stop waits for three attempts.
        if [ "$(sed -n 's/ *$//; 8p' postmaster.pid 2>/dev/null)" = stopping ]; then patience=1; fi
        ask='exec 3<>"/dev/tcp/$0/{{LabNetwork.Patroni}}" && printf "GET /leader HTTP/1.0\r\n\r\n" >&3 && read -r _ status _ <&3 && echo "$status"'
        status=$(timeout "$patience" bash -c "$ask" "$manager" 2>/dev/null || true)
        if [ "$status" != 200 ]; then echo "not archived: this member does not hold the leader's lease (${status:-no answer})" >&2; exit 1; fi

        """);

    /// <summary>Ends with an error for a file that the repository does not have; goes on where that cannot be told by its name.</summary>
    /// <remarks>Every recovery ends with questions for files that are not there (the next segment, the next timeline), and a start of pgBackRest costs more than the answer.</remarks>
    /// <param name="archive">Folder of the archive in the repository.</param>
    /// <param name="configuration">A second repository in it may have what the first one lacks.</param>
    public static string OnlyWhatIsThere(string archive, string configuration) =>
        $$"""
        if [ -d "{{archive}}" ] && ! grep -q '^repo2-path=' "{{configuration}}" &&
           ! compgen -G "{{archive}}/*/$1*" >/dev/null && ! compgen -G "{{archive}}/*/${1:0:16}/$1*" >/dev/null; then
          exit 1
        fi

        """;

    /// <summary>Looks every minute which backup is due; the first full one is for whoever seeds the lab.</summary>
    /// <param name="take">Takes a backup.</param>
    public static string Schedule(string take) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        cd "{{Path.GetDirectoryName(take)}}"
        older() { [ -z "$(find . -maxdepth 1 \( {{"$1"}} \) -newermt "-$2 seconds")" ]; }
        while sleep 60; do
          [ -e last-full ] || continue
          if older '-name last-full' {{FullSeconds}}; then {{take}} full || true
          elif older '-name last-full -o -name last-diff' {{DifferentialSeconds}}; then {{take}} diff || true
          elif older '-name last-full -o -name last-diff -o -name last-incr' {{IncrementalSeconds}}; then {{take}} incr || true
          fi
        done
        """);
}
