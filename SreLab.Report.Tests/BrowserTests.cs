using FluentAssertions;

namespace SreLab.Report.Tests;

/// <summary>What needs no browser: where it is looked for. On a machine without one these tests still run, so that skips alone are no failure.</summary>
public sealed class BrowserTests
{
    [Fact]
    public void The_first_known_program_on_the_path_is_taken()
    {
        var folder = Directory.CreateTempSubdirectory("srelab-path-").FullName;
        File.WriteAllText(Path.Combine(folder, "google-chrome"), "");

        Browser.Find($"/nowhere{Path.PathSeparator}{folder}").Should().Be(Path.Combine(folder, "google-chrome"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Without_one_there_is_none() => Browser.Find("/nowhere").Should().BeNull();
}
