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
    JudgeCommand.Create(),
    CompareCommand.Create(),
    SoakCommand.Create(),
    RulesCommand.Create(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (LabException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
