using FluentAssertions;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

public sealed class ExporterFlagsTests
{
    // Debian 12's release.
    private const string Old =
        """
        Flags:
          -h, --help                     Show context-sensitive help (also try
                                         --help-long and --help-man).
              --collector.database       Enable the database collector (default:
                                         enabled).
              --collector.bgwriter       Enable the bgwriter collector (default:
                                         enabled).
              --disable-default-metrics  Do not include default metrics.
        """;

    // Debian 13's.
    private const string New =
        """
              --[no-]collector.database  Enable the database collector (default: enabled).
              --[no-]collector.stat_statements
                                         Enable the stat_statements collector (default: disabled).
              --[no-]collector.stat_statements.include_query
                                         Enable selecting statement query together with queryId. (default: disabled)
              --collector.stat_statements.query_length=120
                                         Maximum length of the statement text.
        """;

    [Fact]
    public void Every_collector_that_the_release_has_is_switched_off()
    {
        ExporterFlags.OfPostgres(Old).Should().Equal(
            "--disable-default-metrics", "--disable-settings-metrics", "--no-collector.database", "--no-collector.bgwriter");
        ExporterFlags.OfPostgres(New).Should().Equal(
            "--disable-default-metrics", "--disable-settings-metrics", "--no-collector.database", "--no-collector.stat_statements");
    }
}
