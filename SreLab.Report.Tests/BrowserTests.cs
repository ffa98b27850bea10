using System.Runtime.Versioning;
using FluentAssertions;

namespace SreLab.Report.Tests;

/// <summary>What needs no browser: where it is looked for. On a machine without one these tests still run, so that skips alone are no failure.</summary>
[SupportedOSPlatform("linux")]
public sealed class BrowserTests
{
    [Fact]
    public void The_first_program_on_the_path_that_runs_is_taken()
    {
        var folder = Directory.CreateTempSubdirectory("srelab-path-").FullName;
        Write("chromium", "exit 0", UnixFileMode.UserRead);
        Write("chromium-browser", "echo requires the chromium snap >&2; exit 1", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Write("google-chrome", "echo Google Chrome 1", UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Browser.Find($"/nowhere{Path.PathSeparator}{folder}").Should().Be(Path.Combine(folder, "google-chrome"));
        Directory.Delete(folder, recursive: true);

        void Write(string name, string command, UnixFileMode mode)
        {
            var file = Path.Combine(folder, name);
            File.WriteAllText(file, $"#!/bin/sh\n{command}\n");
            File.SetUnixFileMode(file, mode);
        }
    }

    [Fact]
    public void Without_one_there_is_none() => Browser.Find("/nowhere").Should().BeNull();
}
