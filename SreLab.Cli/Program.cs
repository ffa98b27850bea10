System.CommandLine.RootCommand root = new("SreLab: does this highly available PostgreSQL keep its promises?");
return await root.Parse(args).InvokeAsync();
