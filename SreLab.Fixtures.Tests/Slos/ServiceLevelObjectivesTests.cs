using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Slos;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Slos;

public sealed class ServiceLevelObjectivesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-slos-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_shipped_file_is_accepted()
    {
        var levels = Load(text => text).ServiceLevels;

        levels.BurnRates.Select(p => p.Factor).Should().Equal(14.4m, 6, 3, 1);
        levels.Period(levels.RunDivisor).Should().Be(TimeSpan.FromHours(6));
    }

    [Theory]
    [InlineData("\"periodDays\": 30", "\"periodDays\": 0", "PeriodDays")]
    [InlineData("\"runDivisor\": 120", "\"runDivisor\": 0", "RunDivisor")]
    [InlineData("\"runDivisor\": 120", "\"runDivisor\": 200", "a rate needs two samples")]
    [InlineData("\"slowRatio\": 0.01", "\"slowRatio\": 1", "SlowRatio")]
    [InlineData("\"minimumOperations\": 1000", "\"minimumOperations\": 0", "MinimumOperations")]
    [InlineData("\"factor\": 14.4", "\"factor\": 0", "factor must be greater than 0")]
    [InlineData("\"shortMinutes\": 5 ", "\"shortMinutes\": 60 ", "shortMinutes must be above 0 and below longMinutes")]
    [InlineData("\"longMinutes\": 4320", "\"longMinutes\": 99999", "longMinutes must be within the period")]
    [InlineData("\"severity\": \"page\"", "\"severity\": \"ticket\"", "must have a pair for page and for ticket")]
    [InlineData("\"severity\": \"page\"", "\"severity\": \"siren\"", "severity must be page or ticket")]
    [InlineData("\"benchErrorRatio\": 0.001", "\"benchErrorRatio\": 0", "BenchErrorRatio")]
    [InlineData("\"runDivisor\": 120", "\"runDivider\": 120", "runDivi")]
    [InlineData("\"periodDays\": 30,", "", "periodDays")]
    public void What_is_out_of_range_or_unknown_is_refused_by_name(string from, string to, string says)
    {
        var load = () => Load(text => text.Contains(from, StringComparison.Ordinal)
            ? text.Replace(from, to, StringComparison.Ordinal)
            : throw new ArgumentException($"slos.json has no {from}", nameof(from)));

        load.Should().Throw<LabException>().WithMessage($"*{says}*");
    }

    private Objectives Load(Func<string, string> change)
    {
        var path = Path.Combine(_folder, "slos.json");
        File.WriteAllText(path, change(Repository.Read("slos.json")));
        return Objectives.Load(path);
    }
}
