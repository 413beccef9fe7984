package dev.bridle.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with its certificate for 127.0.0.1, which nobody has signed but itself.
 *
 * @param store PKCS12, with {@link #PASSWORD}
 * @param pem the certificate alone
 */
record Certificate(Path store, Path pem) {
  static final String PASSWORD = "of-the-key-store";

  /** Two files in the folder. */
  static Certificate make(Path folder, String name) throws IOException, InterruptedException {
    Certificate made =
        new Certificate(folder.resolve(name + ".p12"), folder.resolve(name + ".crt"));
    made.keytool(
        "-genkeypair -keyalg EC -storetype PKCS12 -validity 2 -ext SAN=ip:127.0.0.1 -dname CN="
            + name);
    made.keytool("-exportcert -rfc -file", made.pem.toString());
    return made;
  }

  /** Of a client that trusts this certificate and no other. */
  SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var bytes = Files.newInputStream(pem)) {
      trusted.setCertificateEntry(
          "trusted", CertificateFactory.getInstance("X.509").generateCertificate(bytes));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private void keytool(String options, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of(more));
    command.addAll(List.of("-alias", "own", "-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
  }
}
