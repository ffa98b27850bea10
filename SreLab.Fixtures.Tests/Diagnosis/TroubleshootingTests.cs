using System.Text.RegularExpressions;
using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Diagnosis;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Diagnosis;

public sealed partial class TroubleshootingTests
{
    private const string Sample = "# T\n<!-- variables -->\n```sh\nA=1\n```\n\n### one\n**Symptom.** x\n```sh\necho $A\n```\n<!-- shows: ^1$ -->\nmore\n```sh\nfor people\n```\n\n### Two words, 500\ntext\n## End\n";

    private static readonly Troubleshooting Shipped = Troubleshooting.Load(Repository.Root);

    public static TheoryData<string> Defects => [.. WorkloadDefects.All];

    [Theory]
    [MemberData(nameof(Defects))]
    public void Each_defect_has_an_entry_that_can_be_carried_out(string defect)
    {
        var entry = Shipped.Of(defect);

        entry.Symptoms.Should().NotBeEmpty();
        foreach (var part in (string[])["**Symptom.**", "**Root cause.**", "**Fix.**", "**Prevention.**", "**Promise** `", "**Alert** "])
        {
            entry.Text.Should().Contain(part, defect);
        }
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void An_entry_names_the_promises_that_its_defect_breaks(string defect)
    {
        var promised = DefectCatalogue.All.Single(c => c.Defect == defect).Breaks;

        promised.Where(id => Shipped.Of(defect).Text.Contains($"`{id}`", StringComparison.Ordinal)).Should().NotBeEmpty();
        typeof(Promises).GetProperties().Select(p => p.GetValue(null)).OfType<Promise>().Select(p => p.Id).Should().Contain(promised);
    }

    [Fact]
    public void Commands_go_through_functions_that_name_the_server_and_take_nothing_from_the_shell()
    {
        var shell = Repository.SourcesBelow("docs/runbooks", "*.md").Select(File.ReadAllText).Append(string.Join('\n', Shipped.Entries.Select(e => e.Text)))
            .Where(t => !t.StartsWith("# Runbooks", StringComparison.Ordinal)).SelectMany(t => t.Split('\n')).ToArray();

        shell.Where(l => BareClient().IsMatch(l)).Should().BeEmpty("sql, web and ask are meant: a bare client follows PGSERVICE, PGHOSTADDR and proxies");
        Shipped.Variables.Should().Contain("env -i").And.Contain("--noproxy '*'").And.Contain("host=$DB_HOST port=$DB_PORT dbname=").And.Contain("pg_control_system()");
    }

    [Theory]
    [InlineData("psql -h $M -c 'select 1'", true)]
    [InlineData("old=$(curl -s http://$M/)", true)]
    [InlineData("promtool query instant $PROM up", true)]
    [InlineData("sql $M -c 'select 1'; web -s http://$M/; ask up", false)]
    [InlineData("instead of psql use kubectl cnpg psql", false)]
    public void The_rule_sees_a_bare_client(string line, bool isBare) => BareClient().IsMatch(line).Should().Be(isBare);

    [Fact]
    public void What_disturbs_is_an_entry() => LabDiagnosis.Disturbing.Should().BeSubsetOf(WorkloadDefects.All);

    [Theory]
    [InlineData("memory-leak", true)]
    [InlineData("random-504", true)]
    [InlineData("slow-responses", false)]
    [InlineData("failing-healthz", false)]
    public void An_entry_knows_whether_it_sends_many_requests(string defect, bool many) => Shipped.Of(defect).SendsMany.Should().Be(many);

    [Fact]
    public void Entries_commands_and_patterns_are_read()
    {
        var read = Troubleshooting.Parse(Sample);

        read.Variables.Should().Be("A=1\n");
        read.Entries.Select(e => e.Name).Should().Equal("one", "Two words, 500");
        read.Of("one").Symptoms.Should().Equal(new ShownSymptom("echo $A\n", "^1$"));
        read.Of("Two words, 500").Symptoms.Should().BeEmpty();
        read.Of("Two words, 500").Anchor.Should().Be("two-words-500");
        read.Of("Two words, 500").Text.Should().Be("text\n");
    }

    [Theory]
    [InlineData("<!-- variables -->", "<!-- names -->", "has no block*")]
    [InlineData("^1$", "(1", "troubleshooting unreadable*one*")]
    public void What_is_not_as_described_is_refused(string text, string instead, string message)
    {
        var parse = () => Troubleshooting.Parse(Sample.Replace(text, instead, StringComparison.Ordinal));

        parse.Should().Throw<LabException>().WithMessage("*" + message);
    }

    [Fact]
    public void An_unknown_entry_is_refused_with_the_known_ones()
    {
        var ask = () => Troubleshooting.Parse(Sample).Of("three");

        ask.Should().Throw<LabException>().WithMessage("*known        one, Two words, 500*");
    }

    [Theory]
    [InlineData("200 after 4.2 s\n", "^200 after [3-9]", true)]
    [InlineData("x\n 22 504\n", "^ *[1-9][0-9]* 504$", true)]
    [InlineData("x 22 504\n", "^ *[1-9][0-9]* 504$", false)]
    public void A_pattern_is_of_one_line(string output, string pattern, bool isSeen) => new ShownSymptom("", pattern).IsIn(output).Should().Be(isSeen);

    [Fact]
    public void A_defect_is_found_when_all_of_its_commands_show_it()
    {
        SymptomRecord seen = new("random-504", "c", "504$", true, "a\n22 504\n");

        LabDiagnosis.Found("app-1", [seen, seen with { IsSeen = false }]).Should().BeEmpty();
        LabDiagnosis.Found("app-1", []).Should().BeEmpty();
        LabDiagnosis.Found("app-1", [seen]).Should().ContainSingle().Which.Evidence.Should().Equal("22 504");
    }

    [GeneratedRegex(@"(^|[;|(`'"" ])(psql -|psql ""|curl -|promtool query)")]
    private static partial Regex BareClient();
}
