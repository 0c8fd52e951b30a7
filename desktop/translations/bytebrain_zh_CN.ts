<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AnswerCard</name>
    <message>
        <source>Ask all books</source>
        <translation>向全部书籍提问</translation>
    </message>
    <message>
        <source>Let the model answer by itself</source>
        <translation>让模型自己回答</translation>
    </message>
    <message>
        <source>From its own knowledge, not from your documents: it may be wrong</source>
        <translation>来自模型自身的知识，而非您的文档，可能有误</translation>
    </message>
    <message>
        <source>From the model&apos;s own knowledge, not from your documents</source>
        <translation>来自模型自身的知识，而非您的文档</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with citations (Ctrl+Shift+C)</source>
        <translation>连同引文一起复制 (Ctrl+Shift+C)</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy as Markdown, with citations</source>
        <translation>连同引文复制为 Markdown</translation>
    </message>
    <message>
        <source>Keep as my answer…</source>
        <translation>保存为我的答案…</translation>
    </message>
    <message>
        <source>Change this answer, and get it whenever you ask the same</source>
        <translation>修改此答案，以后问同样的问题时就会显示它</translation>
    </message>
    <message>
        <source>Being written. Each sentence is checked against your books before it counts.</source>
        <translation>回答正在生成。每一句都须与书库核对，之后才算数。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>未经核对</translation>
    </message>
    <message>
        <source>What was written so far has not been checked against your library.</source>
        <translation>已写出的内容尚未与书库核对。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Underlined in dots: the model&apos;s general knowledge, which no passage in your library bears.</source>
        <translation>点线标出的内容是模型的常识，书库中没有段落可以佐证。</translation>
    </message>
    <message>
        <source>Not in your library</source>
        <translation>书库中没有答案</translation>
    </message>
    <message>
        <source>Not in the part that you asked</source>
        <translation>所问的范围中没有答案</translation>
    </message>
    <message>
        <source>No passage answers this question, so ByteBrain doesn&apos;t either.</source>
        <translation>没有段落能回答这个问题，因此 ByteBrain 不作回答。</translation>
    </message>
    <message>
        <source>Answer it myself…</source>
        <translation>由我来回答…</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>Copy answer with citations</source>
        <translation>复制回答和引文</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Something went wrong in the window that should not have: {error}</source>
        <translation>窗口出现了不该发生的错误：{error}</translation>
    </message>
    <message>
        <source>You can go on; if it happens again, please report it.</source>
        <translation>可以继续使用；如果再次出现，请反馈给我们。</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Searching your library…</source>
        <translation>正在搜索书库…</translation>
    </message>
    <message>
        <source>Show earlier questions ({count})</source>
        <translation>显示更早的问题（{count}）</translation>
    </message>
    <message>
        <source>Open a web page?</source>
        <translation>打开网页？</translation>
    </message>
    <message>
        <source>This link leaves ByteBrain and opens in your browser.</source>
        <translation>此链接将离开 ByteBrain，在浏览器中打开。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>Add to the library</source>
        <translation>添加到书库</translation>
    </message>
    <message>
        <source>Books and notes</source>
        <translation>教材和笔记</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation>将文件夹添加到书库</translation>
    </message>
    <message>
        <source>Add a model file</source>
        <translation>添加模型文件</translation>
    </message>
    <message>
        <source>Export the library</source>
        <translation>导出书库</translation>
    </message>
    <message>
        <source>ByteBrain libraries</source>
        <translation>ByteBrain 书库文件</translation>
    </message>
    <message>
        <source>Import a library</source>
        <translation>导入书库</translation>
    </message>
    <message>
        <source>Import your own answers</source>
        <translation>导入我的答案</translation>
    </message>
    <message>
        <source>Export your own answers</source>
        <translation>导出我的答案</translation>
    </message>
    <message>
        <source>Tables of questions and answers</source>
        <translation>问答表</translation>
    </message>
    <message>
        <source>The password of “{title}”. It is kept until you close ByteBrain, and never stored.</source>
        <translation>请输入“{title}”的密码。密码仅在 ByteBrain 关闭前有效，不会保存。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
</context>
<context>
    <name>CitationRow</name>
    <message>
        <source>Citation {number}: {place}</source>
        <translation>引文 {number}：{place}</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask your library…</source>
        <translation>向书库提问…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>A question can have {most} characters; this text has {count}. Shorten it to ask.</source>
        <translation>问题最多 {most} 个字符，当前文本有 {count} 个。请缩短后再提问。</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Ask (Enter)</source>
        <translation>提问 (Enter)</translation>
    </message>
</context>
<context>
    <name>Confirming</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove “{title}” from the library?</source>
        <translation>从书库移除“{title}”？</translation>
    </message>
    <message>
        <source>Your own file stays where it is.</source>
        <translation>你的原文件不受影响。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Forget this conversation?</source>
        <translation>删除这个对话？</translation>
    </message>
    <message>
        <source>It can&apos;t be brought back.</source>
        <translation>删除后无法恢复。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ConversationsPanel</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>New conversation (Ctrl+N)</source>
        <translation>新对话 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>What you ask is kept here.</source>
        <translation>提过的问题会保存在这里。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>删除…</translation>
    </message>
</context>
<context>
    <name>Copying</name>
    <message>
        <source>[{number}] {place}: “{quote}”</source>
        <translation>[{number}] {place}：“{quote}”</translation>
    </message>
</context>
<context>
    <name>DocumentWriter</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy this code</source>
        <translation>复制这段代码</translation>
    </message>
    <message>
        <source>Citation {number}</source>
        <translation>引文 {number}</translation>
    </message>
    <message>
        <source>General knowledge of the model: no passage in your library bears this</source>
        <translation>模型的常识：书库中没有段落可以佐证</translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message>
        <source>{seconds} s left</source>
        <translation>剩余 {seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>剩余 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h left</source>
        <translation>剩余 {hours} 小时</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>about a minute</source>
        <translation>约 1 分钟</translation>
    </message>
    <message>
        <source>about {minutes} minutes</source>
        <translation>约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {hours} hours</source>
        <translation>约 {hours} 小时</translation>
    </message>
</context>
<context>
    <name>EngineClient</name>
    <message>
        <source>The part of ByteBrain that reads and answers stopped unexpectedly and is being started again.</source>
        <translation>ByteBrain 负责阅读和回答的部分意外停止，正在重新启动。</translation>
    </message>
    <message>
        <source>Nothing in your library is lost. Ask again in a moment.</source>
        <translation>书库内容没有丢失，请稍后重新提问。</translation>
    </message>
    <message>
        <source>The window and the engine are of different versions.</source>
        <translation>窗口与引擎的版本不一致。</translation>
    </message>
    <message>
        <source>Install ByteBrain again.</source>
        <translation>请重新安装 ByteBrain。</translation>
    </message>
    <message>
        <source> The log file is {path}.</source>
        <translation>日志文件：{path}</translation>
    </message>
    <message>
        <source>The part of ByteBrain that reads and answers keeps stopping right after its start.</source>
        <translation>ByteBrain 负责阅读和回答的部分启动后总是立即停止。</translation>
    </message>
    <message>
        <source>Start it again; if that does not help, install ByteBrain again.</source>
        <translation>请重新启动它；如果仍然不行，请重新安装 ByteBrain。</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>Get a fresh copy of the file and add that.</source>
        <translation>请重新获取该文件后再添加。</translation>
    </message>
    <message>
        <source>Save or convert it as a PDF, EPUB, Word or text file and add that.</source>
        <translation>请另存或转换为 PDF、EPUB、Word 或文本文件后再添加。</translation>
    </message>
    <message>
        <source>Split it into smaller files.</source>
        <translation>请拆分成较小的文件。</translation>
    </message>
    <message>
        <source>Save a copy without the password and add that.</source>
        <translation>请另存一份不带密码的副本后再添加。</translation>
    </message>
    <message>
        <source>Make room on the disk, then try again. Nothing in your library is lost.</source>
        <translation>请腾出磁盘空间后重试。书库内容没有丢失。</translation>
    </message>
    <message>
        <source>Check that the file is there and that you may read it.</source>
        <translation>请确认文件存在，并且有读取权限。</translation>
    </message>
    <message>
        <source>Add the file again.</source>
        <translation>请重新添加该文件。</translation>
    </message>
    <message>
        <source>Open the original in another program.</source>
        <translation>请用其他程序打开原文件。</translation>
    </message>
    <message>
        <source>It is locked with a password.</source>
        <translation>文件受密码保护。</translation>
    </message>
    <message>
        <source>Enter the password to read it.</source>
        <translation>输入密码即可阅读。</translation>
    </message>
    <message>
        <source>This document is locked with a password.</source>
        <translation>该文档受密码保护。</translation>
    </message>
    <message>
        <source>This archive is locked with a password.</source>
        <translation>该压缩包受密码保护。</translation>
    </message>
    <message>
        <source>It is protected against copying (DRM): its pages are encrypted.</source>
        <translation>该书带有版权保护（DRM），页面已加密。</translation>
    </message>
    <message>
        <source>Add an edition without copy protection.</source>
        <translation>请添加不带版权保护的版本。</translation>
    </message>
    <message>
        <source>The file is damaged and can&apos;t be read.</source>
        <translation>文件已损坏，无法读取。</translation>
    </message>
    <message>
        <source>There is no text in this file.</source>
        <translation>文件中没有文字。</translation>
    </message>
    <message>
        <source>Choose a file with text in it.</source>
        <translation>请选择含有文字的文件。</translation>
    </message>
    <message>
        <source>ByteBrain can&apos;t read files of this kind.</source>
        <translation>ByteBrain 无法读取这类文件。</translation>
    </message>
    <message>
        <source>This is no PDF, although its name says so.</source>
        <translation>文件扩展名是 PDF，但内容不是 PDF。</translation>
    </message>
    <message>
        <source>Download it again, or give its name the right ending and add it.</source>
        <translation>请重新下载，或改用正确的扩展名后再添加。</translation>
    </message>
    <message>
        <source>This is no file.</source>
        <translation>这不是文件。</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>请选择一个文件。</translation>
    </message>
    <message>
        <source>This is a language model and no document.</source>
        <translation>这是语言模型，不是文档。</translation>
    </message>
    <message>
        <source>Drop it on the window to put it on the shelf of models.</source>
        <translation>将其拖放到窗口即可加入模型列表。</translation>
    </message>
    <message>
        <source>This source code was made by a program, not for reading.</source>
        <translation>这份源代码由程序生成，不适合阅读。</translation>
    </message>
    <message>
        <source>Add the source that it was made from.</source>
        <translation>请添加生成它的原始代码。</translation>
    </message>
    <message>
        <source>The file is larger than ByteBrain reads.</source>
        <translation>文件过大，超出 ByteBrain 的读取上限。</translation>
    </message>
    <message>
        <source>The file unfolds into more and more text, which no honest document does.</source>
        <translation>文件解包后内容无限膨胀，正常文档不会如此。</translation>
    </message>
    <message>
        <source>This PDF has no pages.</source>
        <translation>该 PDF 没有页面。</translation>
    </message>
    <message>
        <source>It made the reader crash twice, so it is left out.</source>
        <translation>阅读程序两次因该文件崩溃，因此已跳过。</translation>
    </message>
    <message>
        <source>The file may be damaged: save it again with another program.</source>
        <translation>文件可能已损坏，请用其他程序重新保存。</translation>
    </message>
    <message>
        <source>This page can&apos;t be drawn: it made the reader crash.</source>
        <translation>无法显示此页：阅读程序因它而崩溃。</translation>
    </message>
    <message>
        <source>This page could not be drawn.</source>
        <translation>无法显示此页。</translation>
    </message>
    <message>
        <source>The library&apos;s copy of this document is gone.</source>
        <translation>书库中该文档的副本已不存在。</translation>
    </message>
    <message>
        <source>The file is no longer there.</source>
        <translation>文件已不在原处。</translation>
    </message>
    <message>
        <source>The file could not be opened.</source>
        <translation>无法打开文件。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>ByteBrain can&apos;t write to its folder.</source>
        <translation>ByteBrain 无法写入自己的文件夹。</translation>
    </message>
    <message>
        <source>Check its permissions, or make room there.</source>
        <translation>请检查权限，或腾出磁盘空间。</translation>
    </message>
    <message>
        <source>This library is in use by another ByteBrain program.</source>
        <translation>另一个 ByteBrain 程序正在使用此书库。</translation>
    </message>
    <message>
        <source>Close it first. Searching and asking work beside it.</source>
        <translation>请先关闭它；搜索和提问不受影响。</translation>
    </message>
    <message>
        <source>A collection can&apos;t be called that.</source>
        <translation>合集不能使用这个名称。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>A question can have 1,000 characters and 20 wordings, an answer 20,000 characters.</source>
        <translation>一个问题最多 1,000 个字符、20 种问法，一个答案最多 20,000 个字符。</translation>
    </message>
    <message>
        <source>Make it shorter.</source>
        <translation>请缩短。</translation>
    </message>
    <message>
        <source>There would be too many answers of your own.</source>
        <translation>您自己的答案太多了。</translation>
    </message>
    <message>
        <source>Forget some first.</source>
        <translation>请先删除一些。</translation>
    </message>
    <message>
        <source>This file can&apos;t be read as a table of questions and answers; nothing was taken in.</source>
        <translation>无法将此文件读作问答表，没有导入任何内容。</translation>
    </message>
    <message>
        <source>Give it the columns question and answer, and fill in both in every line.</source>
        <translation>请包含 question 和 answer 两列，并在每一行填写这两列。</translation>
    </message>
    <message>
        <source>Instructions can have 800 characters, a template 2,000: the model reads them with every question.</source>
        <translation>指示最多 800 个字符，模板最多 2,000 个字符：每次提问时模型都会读取它们。</translation>
    </message>
    <message>
        <source>Something in braces in the template stands for nothing.</source>
        <translation>模板的花括号中有无法识别的名称。</translation>
    </message>
    <message>
        <source>Use {question}, {passages} and {instructions}.</source>
        <translation>请使用 {question}、{passages} 和 {instructions}。</translation>
    </message>
    <message>
        <source>The template must have {question} and {passages}.</source>
        <translation>模板必须包含 {question} 和 {passages}。</translation>
    </message>
    <message>
        <source>Write them where they belong.</source>
        <translation>请将它们写在相应的位置。</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>没有这个文件夹。</translation>
    </message>
    <message>
        <source>Check the name, or connect its drive.</source>
        <translation>请检查名称，或连接所在的磁盘。</translation>
    </message>
    <message>
        <source>The exported library is damaged.</source>
        <translation>导出的书库文件已损坏。</translation>
    </message>
    <message>
        <source>Copy it again from where it was made, or export the library again.</source>
        <translation>请从原处重新复制，或重新导出书库。</translation>
    </message>
    <message>
        <source>All pages are pictures without text, so nothing in it can be searched yet.</source>
        <translation>所有页面都是没有文字的图片，暂时无法搜索其内容。</translation>
    </message>
    <message>
        <source>{some} of {all} pages are pictures without text: {which}.</source>
        <translation>共 {all} 页，其中 {some} 页是没有文字的图片：{which}。</translation>
    </message>
    <message>
        <source>Pages {which} could not be read: they made the reader crash.</source>
        <translation>第 {which} 页无法读取：阅读程序因此崩溃。</translation>
    </message>
    <message>
        <source>Pages with text that can&apos;t be seen there, which was left out: {which}.</source>
        <translation>第 {which} 页含有看不见的文字，已略去。</translation>
    </message>
    <message>
        <source>It holds text that can&apos;t be seen when it is opened; that was left out.</source>
        <translation>其中含有打开后看不见的文字，已略去。</translation>
    </message>
    <message>
        <source>Its file is no longer in {folder}; the library keeps its copy.</source>
        <translation>原文件已不在 {folder} 中；书库保留了副本。</translation>
    </message>
    <message>
        <source>You paused it.</source>
        <translation>你已暂停。</translation>
    </message>
    <message>
        <source>The laptop runs on battery.</source>
        <translation>正在使用电池供电。</translation>
    </message>
</context>
<context>
    <name>Estimates</name>
    <message>
        <source>Add {files} files to the library?</source>
        <translation>将 {files} 个文件添加到书库？</translation>
    </message>
    <message>
        <source>{size}, some {pages} pages: {time} on this computer.</source>
        <translation>{size}，约 {pages} 页，在这台电脑上需要{time}。</translation>
    </message>
    <message>
        <source>{size} in all.</source>
        <translation>共 {size}。</translation>
    </message>
    <message>
        <source>{files} more are in the library already.</source>
        <translation>另有 {files} 个文件已在书库中。</translation>
    </message>
    <message>
        <source>You can ask while they are being read, and pause at any time.</source>
        <translation>阅读过程中即可提问，也可以随时暂停。</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>Your question</source>
        <translation>你的问题</translation>
    </message>
</context>
<context>
    <name>FormulaPicture</name>
    <message>
        <source>Formula, as printed on {page}</source>
        <translation>公式，原样取自{page}</translation>
    </message>
</context>
<context>
    <name>HitTest</name>
    <message>
        <source>Meaning</source>
        <translation>语义</translation>
    </message>
    <message>
        <source>Rank by meaning, and the cosine of the two vectors</source>
        <translation>按语义的名次，以及两个向量的余弦</translation>
    </message>
    <message>
        <source>Any word</source>
        <translation>任一词</translation>
    </message>
    <message>
        <source>Rank by any of the words, and the BM25 score</source>
        <translation>含任一词者的名次，以及 BM25 得分</translation>
    </message>
    <message>
        <source>All words</source>
        <translation>全部词</translation>
    </message>
    <message>
        <source>Rank among what holds all of the words, and the BM25 score</source>
        <translation>含全部词者的名次，以及 BM25 得分</translation>
    </message>
    <message>
        <source>Introduced</source>
        <translation>引入处</translation>
    </message>
    <message>
        <source>Rank by how clearly the term is introduced here, and the points for it</source>
        <translation>按此处引入该术语的明确程度排出的名次，以及所得分数</translation>
    </message>
    <message>
        <source>Book index</source>
        <translation>书后索引</translation>
    </message>
    <message>
        <source>Rank among the pages that the books&apos; own indexes name for it</source>
        <translation>在书后索引为它列出的页中的名次</translation>
    </message>
    <message>
        <source>words covered</source>
        <translation>词语覆盖</translation>
    </message>
    <message>
        <source>rare words</source>
        <translation>罕见词</translation>
    </message>
    <message>
        <source>word for word</source>
        <translation>逐字出现</translation>
    </message>
    <message>
        <source>introduced</source>
        <translation>引入处</translation>
    </message>
    <message>
        <source>a word is missing</source>
        <translation>缺少某个词</translation>
    </message>
    <message>
        <source>words together</source>
        <translation>词语相邻</translation>
    </message>
    <message>
        <source>meaning</source>
        <translation>语义</translation>
    </message>
    <message>
        <source>nearer than the tenth</source>
        <translation>比第十名更近</translation>
    </message>
    <message>
        <source>nearer than the rest</source>
        <translation>比其余更近</translation>
    </message>
    <message>
        <source>searches agree</source>
        <translation>各检索一致</translation>
    </message>
    <message>
        <source>a whole sentence</source>
        <translation>整句提问</translation>
    </message>
    <message>
        <source>named by an index</source>
        <translation>索引列出</translation>
    </message>
    <message>
        <source>against any question</source>
        <translation>对任何问题的保留</translation>
    </message>
    <message>
        <source>taught by this library</source>
        <translation>本书库的校准</translation>
    </message>
    <message>
        <source>strictness</source>
        <translation>严格程度</translation>
    </message>
</context>
<context>
    <name>HitTestDialog</name>
    <message>
        <source>Test a question</source>
        <translation>检索测试</translation>
    </message>
    <message>
        <source>How each search finds its passages, and whether that is enough to answer. A double click opens a passage&apos;s page.</source>
        <translation>各种检索怎样找到段落，证据是否足以回答。双击可打开段落所在的页。</translation>
    </message>
    <message>
        <source>A question, or a term</source>
        <translation>一个问题，或一个术语</translation>
    </message>
    <message>
        <source>Question to test</source>
        <translation>要测试的问题</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Passages with their ranks</source>
        <translation>段落及其名次</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>Fused</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>The score of all rankings together; passages are in its order</source>
        <translation>所有排名合在一起的得分；段落按它排列</translation>
    </message>
    <message>
        <source>Enough to answer</source>
        <translation>证据足够，可以回答</translation>
    </message>
    <message>
        <source>Not enough: such a question is refused</source>
        <translation>证据不足：这样的问题会被拒答</translation>
    </message>
    <message>
        <source>confidence {confidence}, threshold {threshold}</source>
        <translation>置信度 {confidence}，阈值 {threshold}</translation>
    </message>
    <message>
        <source>p. {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>Asks about: {subject}</source>
        <translation>所问：{subject}</translation>
    </message>
    <message>
        <source>searched as: {question}</source>
        <translation>检索所用：{question}</translation>
    </message>
    <message>
        <source>searched for each side: {sides}</source>
        <translation>分别检索：{sides}</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>another language</source>
        <translation>其他语言</translation>
    </message>
    <message>
        <source>language: {language}</source>
        <translation>语言：{language}</translation>
    </message>
    <message>
        <source>meaning takes part</source>
        <translation>语义参与检索</translation>
    </message>
    <message>
        <source>meaning takes no part</source>
        <translation>语义不参与检索</translation>
    </message>
    <message>
        <source>Words, and in how many of {count} passages they stand: {words}</source>
        <translation>词语及其所在段落数（共 {count} 段）：{words}</translation>
    </message>
    <message>
        <source>{features}; together {total}, enough from 0 on</source>
        <translation>{features}；合计 {total}，达到 0 即足够</translation>
    </message>
</context>
<context>
    <name>HouseRulesFlow</name>
    <message>
        <source>This answer of yours was forgotten meanwhile.</source>
        <translation>您的这个答案已被删除。</translation>
    </message>
    <message>
        <source>Keep it anew, if you like.</source>
        <translation>如有需要，请重新保存。</translation>
    </message>
    <message>
        <source>Forget your answer to “{question}”?</source>
        <translation>删除您对“{question}”的答案？</translation>
    </message>
    <message>
        <source>It can&apos;t be brought back. Your books answer the question then.</source>
        <translation>删除后无法恢复，之后将由您的书籍回答这个问题。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>{new} answers came in, {old} were there already.</source>
        <translation>导入了 {new} 个答案，{old} 个已存在。</translation>
    </message>
    <message>
        <source>{count} of your own answers are in {file}.</source>
        <translation>您的 {count} 个答案已写入 {file}。</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>Your books are being read: {seen} of {total} pages seen so far. You can ask already.</source>
        <translation>正在阅读你的书，已读 {seen} 页，共 {total} 页。现在就可以提问。</translation>
    </message>
    <message>
        <source>Ask while it reads</source>
        <translation>边读边问</translation>
    </message>
    <message>
        <source>Every sentence of an answer shows the page that it comes from. Nothing leaves this computer.</source>
        <translation>回答中的每句话都标明出处页码。所有内容都不会离开这台电脑。</translation>
    </message>
    <message>
        <source>What would you like to understand?</source>
        <translation>想弄懂什么？</translation>
    </message>
    <message>
        <source>Drop a textbook anywhere on this window. Or try the sample book first:</source>
        <translation>将教材拖放到窗口任意位置，或先用英文示例书试一试：</translation>
    </message>
    <message>
        <source>Ask your textbooks</source>
        <translation>向教材提问</translation>
    </message>
    <message>
        <source>You can ask as soon as the first pages are read.</source>
        <translation>读完最初几页后即可提问。</translation>
    </message>
    <message>
        <source>Your library is being prepared</source>
        <translation>正在准备书库</translation>
    </message>
    <message>
        <source>Drop a textbook anywhere on this window, or press Ctrl+O to choose one.</source>
        <translation>将教材拖放到窗口任意位置，或按 Ctrl+O 选择。</translation>
    </message>
    <message>
        <source>Your library is empty</source>
        <translation>书库还是空的</translation>
    </message>
</context>
<context>
    <name>LibraryFilter</name>
    <message>
        <source>Which books are listed</source>
        <translation>列出哪些书</translation>
    </message>
    <message>
        <source>Show the next one, with the reason and what to do</source>
        <translation>显示下一个，以及原因和解决办法</translation>
    </message>
    <message>
        <source>All books</source>
        <translation>全部书籍</translation>
    </message>
    <message>
        <source>Listed: {what}</source>
        <translation>当前列出：{what}</translation>
    </message>
    <message>
        <source>1 could not be read</source>
        <translation>1 个文件无法读取</translation>
    </message>
    <message>
        <source>{count} could not be read</source>
        <translation>{count} 个文件无法读取</translation>
    </message>
    <message>
        <source>How to answer from it…</source>
        <translation>此合集的回答方式…</translation>
    </message>
    <message>
        <source>Rename this collection…</source>
        <translation>重命名此合集…</translation>
    </message>
    <message>
        <source>Forget this collection…</source>
        <translation>删除此合集…</translation>
    </message>
</context>
<context>
    <name>LibraryFlow</name>
    <message>
        <source>These files are already in your library.</source>
        <translation>这些文件已在书库中。</translation>
    </message>
    <message>
        <source>This file is already in your library.</source>
        <translation>该文件已在书库中。</translation>
    </message>
    <message>
        <source>You can ask about it right away.</source>
        <translation>现在就可以提问。</translation>
    </message>
    <message>
        <source>The original file is no longer there.</source>
        <translation>原文件已不在原处。</translation>
    </message>
    <message>
        <source>Add the book again from where it is now.</source>
        <translation>请从现在的位置重新添加这本书。</translation>
    </message>
    <message>
        <source>No program on this computer opens this file.</source>
        <translation>这台电脑上没有能打开该文件的程序。</translation>
    </message>
    <message>
        <source>The file is {path}.</source>
        <translation>文件位置：{path}</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation>无法读取。</translation>
    </message>
    <message>
        <source>{pages} · searchable by words, unfinished</source>
        <translation>{pages} · 可按关键词搜索，尚未完成</translation>
    </message>
    <message>
        <source>{pages} · searchable, meaning follows</source>
        <translation>{pages} · 可搜索，语义索引稍后完成</translation>
    </message>
    <message>
        <source>Stopped before all was read</source>
        <translation>尚未读完就已停止</translation>
    </message>
    <message>
        <source>Stopped after {done} of {total} pages</source>
        <translation>已停止：读了 {done} 页，共 {total} 页</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Reading · {pages}</source>
        <translation>正在阅读 · {pages}</translation>
    </message>
    <message>
        <source>{reason} {remedy}</source>
        <translation>{reason}{remedy}</translation>
    </message>
    <message>
        <source>Reading page {done} of {total}</source>
        <translation>正在阅读第 {done} 页，共 {total} 页</translation>
    </message>
    <message>
        <source>{speed} pages/s</source>
        <translation>{speed} 页/秒</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Searchable · meaning {share}</source>
        <translation>可搜索 · 语义索引 {share}</translation>
    </message>
    <message>
        <source>{speed} passages/s</source>
        <translation>{speed} 段/秒</translation>
    </message>
    <message>
        <source>Sample · {pages} pages</source>
        <translation>示例 · {pages} 页</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 页</translation>
    </message>
    <message>
        <source>{pages} pages</source>
        <translation>{pages} 页</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 个段落</translation>
    </message>
    <message>
        <source>{chunks} passages</source>
        <translation>{chunks} 个段落</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Library</source>
        <translation>书库</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add books (Ctrl+O)</source>
        <translation>添加书籍 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Add to the library</source>
        <translation>添加到书库</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Watched folders…</source>
        <translation>监控文件夹…</translation>
    </message>
    <message>
        <source>Export the library…</source>
        <translation>导出书库…</translation>
    </message>
    <message>
        <source>Import a library…</source>
        <translation>导入书库…</translation>
    </message>
    <message>
        <source>Your own answers…</source>
        <translation>我的答案…</translation>
    </message>
    <message>
        <source>How to answer…</source>
        <translation>回答方式…</translation>
    </message>
    <message>
        <source>Test a question…</source>
        <translation>检索测试…</translation>
    </message>
    <message>
        <source>Drop your textbooks here</source>
        <translation>将教材拖放到这里</translation>
    </message>
    <message>
        <source>PDF, EPUB, Word, slides, web pages, notebooks, text; folders too</source>
        <translation>PDF、EPUB、Word、幻灯片、网页、笔记本、文本，也可以是文件夹</translation>
    </message>
    <message>
        <source>Ask only this book</source>
        <translation>只问这本书</translation>
    </message>
    <message>
        <source>Enter the password…</source>
        <translation>输入密码…</translation>
    </message>
    <message>
        <source>Open the original</source>
        <translation>打开原文件</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>继续阅读</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Stop reading…</source>
        <translation>停止阅读…</translation>
    </message>
    <message>
        <source>Remove from the library…</source>
        <translation>从书库移除…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>合集</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>新建合集…</translation>
    </message>
    <message>
        <source>{seen} of {total} pages seen</source>
        <translation>已读 {seen} / {total} 页</translation>
    </message>
</context>
<context>
    <name>LivingFlow</name>
    <message>
        <source>New collection</source>
        <translation>新建合集</translation>
    </message>
    <message>
        <source>What is it called?</source>
        <translation>合集名称：</translation>
    </message>
    <message>
        <source>Rename the collection</source>
        <translation>重命名合集</translation>
    </message>
    <message>
        <source>What shall “{name}” be called?</source>
        <translation>将“{name}”重命名为：</translation>
    </message>
    <message>
        <source>Forget the collection “{name}”?</source>
        <translation>删除合集“{name}”？</translation>
    </message>
    <message>
        <source>Its books stay in your library.</source>
        <translation>其中的书仍保留在书库中。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Exporting the library</source>
        <translation>正在导出书库</translation>
    </message>
    <message>
        <source>Importing a library</source>
        <translation>正在导入书库</translation>
    </message>
    <message>
        <source>Your library is in {file} ({size}).</source>
        <translation>书库已导出到 {file}（{size}）。</translation>
    </message>
    <message>
        <source>Import it in another ByteBrain, or keep it as a backup.</source>
        <translation>可以导入到另一台电脑上的 ByteBrain，也可以作为备份保存。</translation>
    </message>
    <message>
        <source>{new} documents came in, {old} were there already.</source>
        <translation>新增 {new} 个文档，{old} 个已在书库中。</translation>
    </message>
    <message>
        <source>You can ask about them right away.</source>
        <translation>现在就可以提问。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Drop books to add them to your library</source>
        <translation>松开即可添加到书库</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>ByteBrain changes its language at its next start.</source>
        <translation>界面语言将在下次启动时更改。</translation>
    </message>
    <message>
        <source>Close and open it whenever it suits you.</source>
        <translation>方便时重新打开 ByteBrain 即可。</translation>
    </message>
    <message>
        <source>The language could not be kept.</source>
        <translation>无法保存语言设置。</translation>
    </message>
    <message>
        <source>Make sure that {folder} can be written.</source>
        <translation>请确认 {folder} 可以写入。</translation>
    </message>
    <message>
        <source>Ask your textbooks</source>
        <translation>向教材提问</translation>
    </message>
    <message>
        <source>Drop a textbook anywhere on this window.</source>
        <translation>将教材拖放到窗口任意位置。</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Finds passages by meaning</source>
        <translation>按语义查找段落</translation>
    </message>
    <message>
        <source>Answers now</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Answer with {model}</source>
        <translation>用 {model} 回答</translation>
    </message>
    <message>
        <source>{count} M parameters</source>
        <translation>{count}M 参数</translation>
    </message>
    <message>
        <source>{count} tokens of context</source>
        <translation>上下文 {count} 词元</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>came with ByteBrain</source>
        <translation>ByteBrain 自带</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>自行添加</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>You can also drop a .gguf file anywhere on the window.</source>
        <translation>也可以将 .gguf 文件拖放到窗口任意位置。</translation>
    </message>
    <message>
        <source>Add a model file…</source>
        <translation>添加模型文件…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>ModelsFlow</name>
    <message>
        <source>{model} is on the shelf.</source>
        <translation>{model} 已加入模型列表。</translation>
    </message>
    <message>
        <source>It can answer from now on if you like.</source>
        <translation>可以从现在起用它回答。</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss this notice</source>
        <translation>关闭此通知</translation>
    </message>
</context>
<context>
    <name>OwnAnswerBar</name>
    <message>
        <source>Ask the books</source>
        <translation>向书籍提问</translation>
    </message>
    <message>
        <source>Answer this question from your library instead</source>
        <translation>改为用您的书库回答这个问题</translation>
    </message>
    <message>
        <source>Change my answer…</source>
        <translation>修改我的答案…</translation>
    </message>
    <message>
        <source>Your own answer to: “{question}” ({collection})</source>
        <translation>您自己的答案，问题：“{question}”（{collection}）</translation>
    </message>
    <message>
        <source>Your own answer to: “{question}”</source>
        <translation>您自己的答案，问题：“{question}”</translation>
    </message>
</context>
<context>
    <name>PageCanvas</name>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>PageFlow</name>
    <message>
        <source>This document is no longer in your library.</source>
        <translation>该文档已不在书库中。</translation>
    </message>
    <message>
        <source>Add it again to open its pages.</source>
        <translation>重新添加后即可打开其页面。</translation>
    </message>
</context>
<context>
    <name>PagePicture</name>
    <message>
        <source>its measures make no sense</source>
        <translation>尺寸不合理</translation>
    </message>
    <message>
        <source>its scale makes no sense</source>
        <translation>缩放比例不合理</translation>
    </message>
    <message>
        <source>The picture of this page is not there any more.</source>
        <translation>本页的图像已不存在。</translation>
    </message>
    <message>
        <source>Open the citation again.</source>
        <translation>请重新打开引文。</translation>
    </message>
    <message>
        <source>its file has another length</source>
        <translation>文件长度不符</translation>
    </message>
    <message>
        <source>its contents have changed</source>
        <translation>内容已改变</translation>
    </message>
    <message>
        <source>The picture of this page can&apos;t be shown: {reason}.</source>
        <translation>无法显示本页的图像：{reason}。</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Previous page (Left)</source>
        <translation>上一页 (←)</translation>
    </message>
    <message>
        <source>Next page (Right)</source>
        <translation>下一页 (→)</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Fit the width (0)</source>
        <translation>适合宽度 (0)</translation>
    </message>
    <message>
        <source>Open the original file</source>
        <translation>打开原文件</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Opening the page…</source>
        <translation>正在打开页面…</translation>
    </message>
    <message>
        <source>Opening the text…</source>
        <translation>正在打开文本…</translation>
    </message>
    <message>
        <source>Highlighted: {quote}</source>
        <translation>高亮内容：{quote}</translation>
    </message>
    <message>
        <source>Previous part (Alt+Left)</source>
        <translation>上一部分 (Alt+←)</translation>
    </message>
    <message>
        <source>Next part (Alt+Right)</source>
        <translation>下一部分 (Alt+→)</translation>
    </message>
</context>
<context>
    <name>PairEditor</name>
    <message>
        <source>Your own answer</source>
        <translation>我的答案</translation>
    </message>
    <message>
        <source>It is shown instead of what your books say, whenever this question or one that means the same is asked.</source>
        <translation>每当提出这个问题或意思相同的问题时，就显示此答案，而不是书中的内容。</translation>
    </message>
    <message>
        <source>Whatever is asked</source>
        <translation>无论向什么提问</translation>
    </message>
    <message>
        <source>Only “{name}”, or everything</source>
        <translation>仅向“{name}”或全部提问时</translation>
    </message>
    <message>
        <source>&amp;Question</source>
        <translation>问题(&amp;Q)</translation>
    </message>
    <message>
        <source>Other &amp;wordings, one a line (not needed)</source>
        <translation>其他问法，每行一个，可不填(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Answer (Markdown)</source>
        <translation>答案，Markdown 格式(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Holds when this is asked</source>
        <translation>适用范围(&amp;H)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>PairsDialog</name>
    <message>
        <source>Your own answers</source>
        <translation>我的答案</translation>
    </message>
    <message>
        <source>Where a question means the same as one of these, your answer is shown, marked as yours. The books can still be asked.</source>
        <translation>如果提问与下列问题意思相同，就显示您的答案，并注明是您自己的。仍然可以向书籍提问。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter your own answers</source>
        <translation>筛选我的答案</translation>
    </message>
    <message>
        <source>There are none yet. Add one, or keep an answer as yours where it stands in the conversation.</source>
        <translation>还没有答案。请添加一个，或在对话中将某个回答保存为您的答案。</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>CSV with the columns question and answer, or JSONL</source>
        <translation>含 question 和 answer 两列的 CSV，或 JSONL</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>PartText</name>
    <message>
        <source>Text of the document</source>
        <translation>文档正文</translation>
    </message>
</context>
<context>
    <name>QuestionFlow</name>
    <message>
        <source>Loading {model}…</source>
        <translation>正在加载 {model}…</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>正在阅读段落…</translation>
    </message>
    <message>
        <source>Section {number} of {total}: {section}</source>
        <translation>第 {number} 节，共 {total} 节：{section}</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>How to answer</source>
        <translation>回答方式</translation>
    </message>
    <message>
        <source>The language model reads this with every question, so keep it short. Every sentence is still checked against your books.</source>
        <translation>每次提问时语言模型都会读取这些内容，请尽量简短。每个句子仍会与您的书籍核对。</translation>
    </message>
    <message>
        <source>For</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>&amp;Instructions</source>
        <translation>指示(&amp;I)</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>Answer in bullet points. Use the notation of lecture 3.</source>
        <translation>请分条回答。使用第 3 讲的符号。</translation>
    </message>
    <message>
        <source>Word the whole prompt myself</source>
        <translation>自己编写整个提示词</translation>
    </message>
    <message>
        <source>{question} and {passages} must stand in it; {instructions} may.</source>
        <translation>其中必须包含 {question} 和 {passages}，可以包含 {instructions}。</translation>
    </message>
    <message>
        <source>The wording of the prompt</source>
        <translation>提示词内容</translation>
    </message>
    <message>
        <source>Reset to the built-in</source>
        <translation>恢复内置设置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>The whole library</source>
        <translation>整个书库</translation>
    </message>
    <message>
        <source>Collection: {name}</source>
        <translation>合集：{name}</translation>
    </message>
</context>
<context>
    <name>ScopePicker</name>
    <message>
        <source>What the question is asked of</source>
        <translation>提问范围</translation>
    </message>
    <message>
        <source>All books</source>
        <translation>全部书籍</translation>
    </message>
    <message>
        <source>Ask of: {what}</source>
        <translation>提问范围：{what}</translation>
    </message>
</context>
<context>
    <name>ScopePopover</name>
    <message>
        <source>Find a book or a chapter</source>
        <translation>查找书籍或章节</translation>
    </message>
    <message>
        <source>Ask of</source>
        <translation>提问范围</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>没有匹配项</translation>
    </message>
    <message>
        <source>All books</source>
        <translation>全部书籍</translation>
    </message>
    <message>
        <source>Collection: {name}</source>
        <translation>合集：{name}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Pause reading on battery</source>
        <translation>使用电池时暂停阅读</translation>
    </message>
    <message>
        <source>While the laptop runs on battery no book is read; it goes on by itself when the charger is back.</source>
        <translation>使用电池供电时不读书；接通电源后自动继续。</translation>
    </message>
    <message>
        <source>Stay awake while books are read</source>
        <translation>阅读时保持唤醒</translation>
    </message>
    <message>
        <source>The computer does not go to sleep by itself meanwhile. Closing the lid still works.</source>
        <translation>阅读期间电脑不会自动休眠；合上盖子仍会休眠。</translation>
    </message>
    <message>
        <source>Recognise text in scans</source>
        <translation>识别扫描页中的文字</translation>
    </message>
    <message>
        <source>Pages that are pictures can be searched then. It takes seconds a page.</source>
        <translation>识别后即可搜索图片页面，每页需要数秒。</translation>
    </message>
    <message>
        <source>When to answer</source>
        <translation>何时作答</translation>
    </message>
    <message>
        <source>How much your documents must say about a question before it is answered.</source>
        <translation>文档对一个问题要说到什么程度才作答。</translation>
    </message>
    <message>
        <source>Lenient: answers more often</source>
        <translation>宽松：更常作答</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Strict: refuses more often</source>
        <translation>严格：更常拒答</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Like the system</source>
        <translation>跟随系统外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>跟随系统语言</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Starting again…</source>
        <translation>正在重新启动…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>No model: answers are quotes</source>
        <translation>无模型：以原文作答</translation>
    </message>
    <message>
        <source>Model unusable: answers are quotes</source>
        <translation>模型不可用：以原文作答</translation>
    </message>
    <message>
        <source>Searching by words for now</source>
        <translation>目前按关键词搜索</translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation>正在加载 {model}…</translation>
    </message>
    <message>
        <source>Looks, language and settings</source>
        <translation>外观、语言和设置</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Reading only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Renewing {count} passages in the background</source>
        <translation>正在后台更新 {count} 个段落</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Models. {state}</source>
        <translation>模型：{state}</translation>
    </message>
</context>
<context>
    <name>SourceChips</name>
    <message>
        <source>Source: {label}</source>
        <translation>来源：{label}</translation>
    </message>
</context>
<context>
    <name>Stopping</name>
    <message>
        <source>Stop reading “{title}”?</source>
        <translation>停止阅读“{title}”？</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止阅读</translation>
    </message>
    <message>
        <source>All of it can be searched by words already, and that stays. Only search by meaning is left unfinished.</source>
        <translation>全书已可按关键词搜索，停止后依然可以；只有语义索引尚未完成。</translation>
    </message>
    <message>
        <source>Nothing of it is read yet. It leaves your library again.</source>
        <translation>尚未开始阅读，停止后将从书库中移除。</translation>
    </message>
    <message>
        <source>{done} of {total} pages are read and can be searched already. Stopping throws them away, and the book leaves the library.</source>
        <translation>已读 {done} 页，共 {total} 页，这些页面已可搜索。停止后它们将会丢失，该书也将从书库中移除。</translation>
    </message>
</context>
<context>
    <name>StudyingBar</name>
    <message>
        <source>All books together</source>
        <translation>全部书籍的进度</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>继续阅读</translation>
    </message>
    <message>
        <source>Pause reading</source>
        <translation>暂停阅读</translation>
    </message>
    <message>
        <source>Paused: {reason}</source>
        <translation>已暂停：{reason}</translation>
    </message>
    <message>
        <source>Taking books in…</source>
        <translation>正在添加书籍…</translation>
    </message>
    <message>
        <source>{done} of {total} books</source>
        <translation>已完成 {done} 本，共 {total} 本</translation>
    </message>
    <message>
        <source>{speed} pages/s</source>
        <translation>{speed} 页/秒</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Go to the latest answer</source>
        <translation>转到最新回答</translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>WatchedDialog</name>
    <message>
        <source>Watched folders</source>
        <translation>监控文件夹</translation>
    </message>
    <message>
        <source>What comes into these folders is read by itself, while ByteBrain is open. What goes from them stays in your library.</source>
        <translation>ByteBrain 打开时，会自动阅读放入这些文件夹的文件。从中移走的文件仍保留在书库中。</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Watch it no longer</source>
        <translation>不再监控</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Not looked through yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Looked through {when}</source>
        <translation>上次检查：{when}</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>page {page}</source>
        <translation>第 {page} 页</translation>
    </message>
    <message>
        <source>p. {label}</source>
        <translation>第 {label} 页</translation>
    </message>
    <message>
        <source>slide {first}</source>
        <translation>第 {first} 张幻灯片</translation>
    </message>
    <message>
        <source>slides {first}–{last}</source>
        <translation>第 {first}–{last} 张幻灯片</translation>
    </message>
    <message>
        <source>section {first}</source>
        <translation>第 {first} 节</translation>
    </message>
    <message>
        <source>sections {first}–{last}</source>
        <translation>第 {first}–{last} 节</translation>
    </message>
    <message>
        <source>cell {first}</source>
        <translation>第 {first} 个单元格</translation>
    </message>
    <message>
        <source>cells {first}–{last}</source>
        <translation>第 {first}–{last} 个单元格</translation>
    </message>
    <message>
        <source>line {first}</source>
        <translation>第 {first} 行</translation>
    </message>
    <message>
        <source>lines {first}–{last}</source>
        <translation>第 {first}–{last} 行</translation>
    </message>
    <message>
        <source>Slide {first}</source>
        <translation>第 {first} 张幻灯片</translation>
    </message>
    <message>
        <source>Section {first}</source>
        <translation>第 {first} 节</translation>
    </message>
    <message>
        <source>Cell {first}</source>
        <translation>第 {first} 个单元格</translation>
    </message>
    <message>
        <source>PDF page {page}</source>
        <translation>PDF 第 {page} 页</translation>
    </message>
    <message>
        <source>{title}, {place}</source>
        <translation>{title}，{place}</translation>
    </message>
    <message>
        <source>{count} passage</source>
        <translation>{count} 个段落</translation>
    </message>
    <message>
        <source>{count} passages</source>
        <translation>{count} 个段落</translation>
    </message>
    <message>
        <source>{count} document</source>
        <translation>{count} 份文档</translation>
    </message>
    <message>
        <source>{count} documents</source>
        <translation>{count} 份文档</translation>
    </message>
    <message>
        <source>{count} token</source>
        <translation>{count} 个词元</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个词元</translation>
    </message>
    <message>
        <source>No passage found</source>
        <translation>没有找到相关段落</translation>
    </message>
    <message>
        <source>Reading {passages} from {documents}</source>
        <translation>正在阅读 {documents}中的 {passages}</translation>
    </message>
    <message>
        <source>Read {passages} from {documents}</source>
        <translation>已阅读 {documents}中的 {passages}</translation>
    </message>
    <message>
        <source>Nearest: {passages} from {documents}</source>
        <translation>最接近的内容：{documents}中的 {passages}</translation>
    </message>
    <message>
        <source>{sentence}; {seen} of {total} pages could be searched when you asked</source>
        <translation>{sentence}；提问时可搜索 {seen} / {total} 页</translation>
    </message>
    <message>
        <source>Searched for: {question}</source>
        <translation>搜索的是：{question}</translation>
    </message>
    <message>
        <source>1 sentence was left out because no passage bears it</source>
        <translation>1 句话因没有段落佐证而略去</translation>
    </message>
    <message>
        <source>{count} sentences were left out because no passage bears them</source>
        <translation>{count} 句话因没有段落佐证而略去</translation>
    </message>
    <message>
        <source>Quoted from your library</source>
        <translation>摘自你的书库</translation>
    </message>
    <message>
        <source>Your own answer</source>
        <translation>我的答案</translation>
    </message>
    <message>
        <source>{seconds} s to the first word</source>
        <translation>{seconds} 秒后开始作答</translation>
    </message>
    <message>
        <source>found in {seconds} s</source>
        <translation>检索用时 {seconds} 秒</translation>
    </message>
    <message>
        <source>{tokens} at {speed}/s</source>
        <translation>{tokens}，每秒 {speed} 个</translation>
    </message>
</context>
</TS>
