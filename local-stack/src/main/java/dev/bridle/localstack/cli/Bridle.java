package dev.bridle.localstack.cli;

import dev.bridle.localstack.backup.BackupException;
import dev.bridle.localstack.demo.DemoException;
import dev.bridle.localstack.process.ProcessStartException;
import dev.bridle.localstack.service.ServiceException;
import dev.bridle.localstack.stack.StackException;
import dev.bridle.localstack.terminal.Style;
import dev.bridle.localstack.terminal.Terminal;
import dev.bridle.localstack.terminal.TerminalMode;
import dev.bridle.monitor.rule.InvalidPolicyException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** Its commands, and how their failures are told: a sentence and exit code 1, never a trace. */
@Command(
    name = "bridle",
    mixinStandardHelpOptions = true,
    versionProvider = BridleVersion.class,
    description = "Bridle closes the loop on overfitting. This command runs all of it here.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start with:  ./bridle demo",
      "It trains one network on noisy digits twice, without and with dropout,",
      "shows how both are watched and stopped, and asks the served models what",
      "they know and what they don't."
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ReplayCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      KeyCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Bridle {
  static final int FAILED = 1;

  private Bridle() {}

  public static void main(String[] arguments) {
    Map<String, String> properties =
        System.getProperties().stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, System::getProperty));
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(out, TerminalMode.of(properties, System.getenv()));
    System.exit(commandLine(terminal).execute(arguments));
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine line = new CommandLine(new Bridle(), new Commands(terminal));
    return line.setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.isColored() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler(
            (e, arguments) -> {
              terminal.line(terminal.paint(Style.RED, e.getMessage()));
              terminal.line("'./bridle --help' lists commands, './bridle COMMAND --help' options.");
              return FAILED;
            })
        .setExecutionExceptionHandler((e, command, parsed) -> tell(e, terminal));
  }

  private static int tell(Exception e, Terminal terminal) throws Exception {
    if (e instanceof StackException
        || e instanceof DemoException
        || e instanceof BackupException
        || e instanceof ServiceException
        || e instanceof ProcessStartException
        || e instanceof InvalidPolicyException
        || e instanceof IllegalArgumentException) {
      terminal.line(terminal.paint(Style.RED, e.getMessage()));
      return FAILED;
    }
    throw e;
  }
}
