# Not Prometheus' images: Debian's prometheus and alertmanager, for machines that can't pull images.
ARG JRE_IMAGE=local/jre:17
FROM $JRE_IMAGE
ARG PROGRAM
COPY $PROGRAM /usr/bin/program
COPY busybox /usr/bin/wget
COPY templates/ /usr/share/prometheus/alertmanager/
RUN mkdir /prometheus /alertmanager && chown 65534 /prometheus /alertmanager
USER 65534
ENTRYPOINT ["/usr/bin/program"]
