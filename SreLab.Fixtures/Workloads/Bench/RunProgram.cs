using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Runs a program to its end and returns what it said: <see cref="ILab.RunRecordedAsync"/>, or another way to the same.</summary>
/// <param name="name">Name of the run.</param>
/// <param name="program">Program name or path.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="environment">Added to the environment.</param>
/// <param name="workingDirectory">Where it runs.</param>
/// <param name="onOutputLine">Called for each line of standard output and error, as it comes.</param>
/// <param name="ct">Kills the program when cancelled.</param>
public delegate Task<ProgramResult> RunProgram(
    string name,
    string program,
    IReadOnlyList<string> arguments,
    IReadOnlyDictionary<string, string> environment,
    string workingDirectory,
    Action<string>? onOutputLine,
    CancellationToken ct);
