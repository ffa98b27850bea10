using System.CommandLine;
using SreLab.Cli;
using SreLab.Cli.SelfCheck;
using SreLab.Fixtures.Lab;

RootCommand root = new("SreLab: does this highly available PostgreSQL keep its promises?")
{
    DoctorCommand.Create(),
    StatusCommand.Create(),
    DashboardsCommand.Create(),
    DeployCommand.Create(),
    DiagnoseCommand.Create(),
    LabCommands.CreateUp(),
    LabCommands.CreateDown(),
    BackupCommands.CreateList(),
    BackupCommands.CreateTake(),
    BackupCommands.CreateRestore(),
    SelfCheckCommand.Create(),
    HostileCommand.Create(),
    JudgeCommand.Create(),
    CompareCommand.Create(),
    SoakCommand.Create(),
    RulesCommand.Create(),
};
try
{
    // The default of 2 s would leave behind what a command made for itself: a lab, members that were ended.
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Bounds.PutAway.Length });
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("interrupted: what the command had made for itself was put away.");
    return 130;
}
catch (LabException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
