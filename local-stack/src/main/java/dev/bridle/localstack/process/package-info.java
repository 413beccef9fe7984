/** Processes that outlive the one that starts them: started, found again, ended. */
package dev.bridle.localstack.process;
