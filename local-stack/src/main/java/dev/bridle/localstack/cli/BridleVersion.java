package dev.bridle.localstack.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class BridleVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Bridle.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {"bridle " + version};
  }
}
