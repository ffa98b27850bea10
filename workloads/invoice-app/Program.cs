using SreLab.Workloads.InvoiceApp;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Http;

return await ServiceProgram.RunAsync(args, InvoiceService.Name, WellKnownPaths.Liveness, e => InvoiceService.Build(e));
